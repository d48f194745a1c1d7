using Hermes.Ldap.Directories;
using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Directories;

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DirectoryTargetContractTests(SharedServer<SlapdServer> shared) : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await new SlapdTestTarget(await shared.GetAsync()).StartAsync();
}

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DirectoryTargetSecretsContractTests(SharedServer<SlapdServer> shared) : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await new SlapdTestTarget(await shared.GetAsync()).StartAsync();
}

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class DeletingDirectoryTargetReadingContractTests(SharedServer<SlapdServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new SlapdTestTarget(await shared.GetAsync(), WhenTrashed.Delete).StartAsync();
}

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class KeepingDirectoryTargetReadingContractTests(SharedServer<SlapdServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new SlapdTestTarget(await shared.GetAsync(), WhenTrashed.Keep).StartAsync();
}

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class LockingDirectoryTargetReadingContractTests(SharedServer<SlapdServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new SlapdTestTarget(await shared.GetAsync(), WhenTrashed.Lock).StartAsync();
}

[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class MovingDirectoryTargetReadingContractTests(SharedServer<SlapdServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new SlapdTestTarget(await shared.GetAsync(), WhenTrashed.Move).StartAsync();
}
