using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.ActiveDirectory;

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class ActiveDirectoryTargetContractTests(SharedServer<SambaServer> shared) : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await new ActiveDirectoryTestTarget(await shared.GetAsync()).StartAsync();
}

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class ActiveDirectoryTargetSecretsContractTests(SharedServer<SambaServer> shared) : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await new ActiveDirectoryTestTarget(await shared.GetAsync()).StartAsync();
}

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class DisablingActiveDirectoryReadingContractTests(SharedServer<SambaServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new ActiveDirectoryTestTarget(await shared.GetAsync()).StartAsync();
}

[Collection(nameof(SambaServer)), RequiresServer("samba")]
public class MovingActiveDirectoryReadingContractTests(SharedServer<SambaServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await new ActiveDirectoryTestTarget(await shared.GetAsync(), movesTrashed: true).StartAsync();
}
