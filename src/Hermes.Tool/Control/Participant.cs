using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Control;

/// <summary>A server or client of a host.</summary>
/// <param name="Kind"><c>server</c> or <c>client</c>.</param>
/// <param name="Name">Its name.</param>
internal sealed record Participant(string Kind, string Name)
{
    /// <summary>Where it is in the API.</summary>
    public string Path => $"{Kind}s/{Uri.EscapeDataString(Name)}";

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Name}";

    /// <summary>All servers and clients of a host.</summary>
    public static async Task<IReadOnlyList<Participant>> ReadAsync(HostContext context)
    {
        var status = await context.Host.GetAsync("status", context.CancellationToken);
        return
        [
            .. from kind in new[] { "server", "client" }
               from one in status[$"{kind}s"]!.AsArray()
               select new Participant(kind, (string)one!["name"]!),
        ];
    }

    /// <summary>The one of a name.</summary>
    /// <exception cref="ControlException">There is none.</exception>
    public static Participant Find(IReadOnlyList<Participant> all, string kind, string name)
    {
        var known = all.Where(one => one.Kind == kind).ToList();
        if (known.Find(one => one.Name == name) is { } found)
            return found;
        var near = NearName.Of(name, known.Select(one => one.Name)) is { } meant ? $"Did you mean {meant}? " : "";
        throw new ControlException(ExitCode.NotFound, $"The host has no {kind} '{name}'. {near}It has {Names(known)}.");
    }

    /// <summary>The names of some, or that there are none.</summary>
    public static string Names(IEnumerable<Participant> some) => string.Join(", ", some) is { Length: > 0 } names ? names : "none";
}
