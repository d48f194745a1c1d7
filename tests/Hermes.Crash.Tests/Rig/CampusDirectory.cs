using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;
using Hermes.TestSupport.Servers;

namespace Hermes.Crash.Tests.Rig;

/// <summary>The OpenLDAP server of a run, started for the first campus that needs it. It is the target: nothing strikes it.</summary>
internal sealed class CampusDirectory : IAsyncDisposable
{
    private readonly Lazy<Task<SlapdServer>> _server = new(() => SlapdServer.StartAsync(CancellationToken.None));

    /// <summary>Why there is none; null if there is one.</summary>
    public static string? Missing => ServerSoftware.Named("slapd").Missing();

    /// <summary>An empty place for a campus.</summary>
    public async Task<DirectoryPlace> PlaceAsync(RigFolder folder)
    {
        var server = await _server.Value;
        var place = new DirectoryPlace(
            server.Url, SlapdServer.AdminDn, SlapdServer.AdminPassword, $"ou={Path.GetFileName(folder.Path)},{SlapdServer.Suffix}");
        DirectoryContent.Make(place, [Role.Client.FolderIn(folder), Role.Newcomer.FolderIn(folder)]);
        return place;
    }

    public async ValueTask DisposeAsync()
    {
        if (_server.IsValueCreated)
            await (await _server.Value).DisposeAsync();
    }
}
