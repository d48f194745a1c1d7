using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;
using Hermes.Runtime.Hosting;

namespace Hermes.ServerRuntime.Hosting;

/// <summary>What a server connects to: each source as each type asks it, and the bus.</summary>
internal static class ServerConnections
{
    public static IEnumerable<ConnectionTrial> Of(string path, ServerParts parts)
    {
        foreach (var source in parts.Settings.Model.Types.SelectMany(type => type.Sources))
        {
            yield return new(
                $"{path}:DataTypes:{source.Type.Name}:Sources:{source.Index}",
                $"source {source.DataSource} for {source.Type.Name}",
                cancellationToken => ReadAsync(parts.Sources[source.DataSource], source, cancellationToken));
        }

        yield return new($"{path}:Bus", "bus", async cancellationToken =>
        {
            await using var reader = parts.Bus.OpenReader();
            _ = await reader.GetLastOffsetAsync(cancellationToken);
            return true;
        });
    }

    // The first row is enough: what is asked can be asked, and by this account.
    private static async Task<bool> ReadAsync(IDataSource source, TypeSource asked, CancellationToken cancellationToken)
    {
        var operation = asked.Fetch.Evaluate(asked, name => name == TemplateVariables.RemoteAttributes
            ? ValueList.Create(asked.RemoteAttributes.Select(Value.From))
            : ValueList.Create([]));
        await foreach (var _ in source.FetchAsync(operation, cancellationToken).WithCancellation(cancellationToken))
            break;
        return true;
    }
}
