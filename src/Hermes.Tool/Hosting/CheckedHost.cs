using Hermes.Tool.Configuration;
using Microsoft.Extensions.Hosting;

namespace Hermes.Tool.Hosting;

/// <summary>A host that was made and checked, and not started yet.</summary>
/// <param name="Host">The host; null if its configuration cannot be read.</param>
/// <param name="Findings">All that is wrong with it.</param>
internal sealed record CheckedHost(IHost? Host, IReadOnlyList<Finding> Findings) : IAsyncDisposable
{
    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Host is IAsyncDisposable host)
            await host.DisposeAsync();
    }
}
