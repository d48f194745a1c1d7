using System.Text.Json.Nodes;

namespace Hermes.Http.Scim;

/// <summary>What the service can do: as settings say, and where they say nothing, as its <c>ServiceProviderConfig</c> does, which is read once.</summary>
internal sealed class ServiceProfile(ScimTargetOptions options, ScimClient client) : IDisposable
{
    private readonly SemaphoreSlim _turns = new(1);
    private JsonObject? _told;

    /// <summary>Whether resources are changed by PATCH.</summary>
    public async ValueTask<bool> PatchesAsync(CancellationToken cancellationToken) => options.Update == ScimUpdate.Discover
        ? await SupportsAsync("patch", cancellationToken)
        : options.Update == ScimUpdate.Patch;

    /// <summary>Whether resources are found by filter.</summary>
    public async ValueTask<bool> FiltersAsync(CancellationToken cancellationToken) => options.Search == ScimFilter.Discover
        ? await SupportsAsync("filter", cancellationToken)
        : options.Search == ScimFilter.Filter;

    public void Dispose() => _turns.Dispose();

    // A service that says nothing of a feature has it: most have all of these, and one that has not says so when it is asked to.
    private async Task<bool> SupportsAsync(string feature, CancellationToken cancellationToken) =>
        !ScimValue.IsFalse(((await ReadAsync(cancellationToken))[feature] as JsonObject)?["supported"]);

    private async Task<JsonObject> ReadAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            if (_told is not null)
                return _told;
            var answer = await client.GetAsync("ServiceProviderConfig", cancellationToken);
            return _told = answer is { IsSuccess: true, Content: { } content } ? content : [];
        }
        finally
        {
            _turns.Release();
        }
    }
}
