using System.Text.Json.Nodes;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>A place in a JSON object, by the names of members, that can be written.</summary>
internal sealed class MemberPlace
{
    private readonly string[] _names;

    private MemberPlace(string[] names) => _names = names;

    /// <summary>Reads a JSON pointer that leads to a member.</summary>
    /// <returns>Null if it is none.</returns>
    public static MemberPlace? TryParse(string pointer) =>
        pointer.Length > 1 && JsonPointer.TryParse(pointer) is not null
            ? new MemberPlace([.. pointer.Split('/').Skip(1).Select(name => name.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))])
            : null;

    /// <summary>Writes a value there. One that is not set is removed, or becomes null where a change is told (RFC 7396).</summary>
    public void Write(JsonObject root, JsonNode? value, bool tellsRemoval)
    {
        var at = root;
        foreach (var name in _names[..^1])
        {
            if (at[name] is not JsonObject next)
            {
                if (value is null && !tellsRemoval)
                    return;
                at[name] = next = [];
            }

            at = next;
        }

        if (value is null && !tellsRemoval)
            at.Remove(_names[^1]);
        else
            at[_names[^1]] = value;
    }
}
