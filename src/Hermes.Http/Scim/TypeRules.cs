using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Scim;

/// <summary>What must hold between the settings of a type.</summary>
internal static class TypeRules
{
    public static IEnumerable<ValidationResult> Check(ScimTypeOptions options)
    {
        if (options.Endpoint.Any(letter => letter is '?' or '#' or '\\') || options.Endpoint.Contains("..", StringComparison.Ordinal))
            yield return new("This is not an endpoint below Address. Write Users, Groups, or the name of another one.", [nameof(options.Endpoint)]);
        if (options.Schema is null && !options.IsUser && !options.IsGroup && options.Endpoint.Length > 0)
            yield return new($"Only the schemas of Users and Groups are known. Set Schema to that of '{options.Endpoint}'.", [nameof(options.Schema)]);
        if (options.Attributes.Count == 0)
            yield return new("Say which attributes are written: local name to SCIM path, such as login to userName.", [nameof(options.Attributes)]);
        foreach (var (local, text) in options.Attributes)
        {
            if (ScimPath.TryParse(text) is not { } path)
                yield return new($"'{text}' is not a SCIM path. Write userName, name.givenName, emails[work], roles[*] or enterprise:department.", [$"Attributes:{local}"]);
            else if (path.IsReadOnly)
                yield return new($"'{text}' is the server's own and cannot be written. Remove it.", [$"Attributes:{local}"]);
        }

        var twice = options.Attributes.GroupBy(pair => ScimPath.TryParse(pair.Value)?.Text ?? pair.Key, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1);
        foreach (var group in twice)
            yield return new($"Two attributes are written to '{group.Key}'. Combine them in the mapping of the client instead.", [nameof(options.Attributes)]);
        foreach (var text in options.Match)
        {
            if (ScimPath.TryParse(text) is not { } path || !options.Attributes.Values.Any(written => ScimPath.TryParse(written)?.Text == path.Text))
                yield return new($"'{text}' is not among Attributes, so that no entry has a value to look for.", [nameof(options.Match)]);
            else if (path.IsList)
                yield return new($"'{text}' is a list; resources are looked for by a single value.", [nameof(options.Match)]);
        }

        if (options is { WhenExists: ScimWhenExists.Adopt, Match.Count: 0, IsUser: false, IsGroup: false }
            && !options.Attributes.Values.Contains(ScimPath.ExternalId.Text, StringComparer.OrdinalIgnoreCase))
        {
            yield return new("WhenExists is Adopt: set Match to the attributes by which a resource is found.", [nameof(options.Match)]);
        }
    }
}
