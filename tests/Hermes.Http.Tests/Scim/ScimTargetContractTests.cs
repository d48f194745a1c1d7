using Hermes.Http.Scim;
using Hermes.Testing.Contracts.Targets;

namespace Hermes.Http.Tests.Scim;

public sealed class ScimTargetContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await ScimTestTarget.StartAsync();
}

/// <summary>A server that knows no PATCH and no filter, and gives every resource a version.</summary>
public sealed class PoorServerContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() =>
        await ScimTestTarget.StartAsync(new ScimQuirks { Patch = false, Filter = false, ETags = true, ConflictType = null, MostPerPage = 5 });
}

/// <summary>A server with all that is peculiar, as far as it goes together.</summary>
public sealed class PeculiarServerContractTests : FaultyTargetContract
{
    protected override async Task<IFaultyTestTarget> CreateFaultyAsync() => await ScimTestTarget.StartAsync(
        new ScimQuirks { Discovery = false, BooleansAsText = true, SlashesInIds = true, FilterByCase = true, ConflictType = null }, ScimWhenTrashed.Delete);
}

public sealed class ScimTargetSecretsContractTests : TargetSecretsContract
{
    protected override async Task<ITestTarget> CreateTargetAsync() => await ScimTestTarget.StartAsync();
}

public sealed class ScimTargetReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() => await ScimTestTarget.StartAsync();
}

public sealed class DeletingScimTargetReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() =>
        await ScimTestTarget.StartAsync(new ScimQuirks { Patch = false, SlashesInIds = true, MostPerPage = 3 }, ScimWhenTrashed.Delete);
}

public sealed class KeepingScimTargetReadingContractTests : ReadableTargetContract
{
    protected override async Task<IReadableTestTarget> CreateReadableAsync() =>
        await ScimTestTarget.StartAsync(new ScimQuirks { IgnoresFilter = true, BooleansAsText = true }, ScimWhenTrashed.Keep);
}
