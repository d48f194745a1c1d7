using Hermes.Testing.Contracts.Targets;
using Hermes.TestSupport.Servers;

namespace Hermes.Http.Tests.Rest;

public sealed class RestTargetContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await RestTestTarget.StartAsync();
}

/// <summary>Objects are changed by PATCH, put aside, and looked for among all.</summary>
public sealed class PatchingRestTargetContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await RestTestTarget.StartAsync(keepsTrashed: true, "PATCH", searches: false);
}

public sealed class RestTargetSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await RestTestTarget.StartAsync();
}

public sealed class PatchingRestTargetSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await RestTestTarget.StartAsync(keepsTrashed: true, "PATCH");
}

public sealed class RestTargetReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await RestTestTarget.StartAsync();
}

[CollectionDefinition(nameof(JsonServer))]
public sealed class JsonServerCollection : ICollectionFixture<SharedServer<JsonServer>>;

/// <summary>The target on a server that somebody else wrote.</summary>
[Collection(nameof(JsonServer)), RequiresServer("json-server")]
public sealed class JsonServerContractTests(SharedServer<JsonServer> shared) : TargetContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await RestTestTarget.StartAsync(await shared.GetAsync(), keepsTrashed: false, "PUT");
}

[Collection(nameof(JsonServer)), RequiresServer("json-server")]
public sealed class JsonServerSecretsContractTests(SharedServer<JsonServer> shared) : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await RestTestTarget.StartAsync(await shared.GetAsync(), keepsTrashed: true, "PUT");
}

[Collection(nameof(JsonServer)), RequiresServer("json-server")]
public sealed class JsonServerReadingContractTests(SharedServer<JsonServer> shared) : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await RestTestTarget.StartAsync(await shared.GetAsync(), keepsTrashed: true, "PUT");
}
