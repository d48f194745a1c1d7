using System.Collections.Immutable;
using Hermes.Diff.Model.Options;

namespace Hermes.Diff.Model.Building;

/// <summary>
/// Unites what the sources of a type say about its attributes: what one source calls secret, cache-only or local is so for the type.
/// </summary>
internal static class AttributeRoles
{
    public static ImmutableArray<TypeAttribute> Of(DataTypeOptions options)
    {
        var secret = options.Sources.SelectMany(source => source.SecretAttributes).ToHashSet(StringComparer.Ordinal);
        var cacheOnly = options.Sources.SelectMany(source => source.CacheOnlyAttributes).ToHashSet(StringComparer.Ordinal);
        var local = options.Sources.SelectMany(source => source.LocalAttributes).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. options.Sources
                .SelectMany(source => source.Mapping.Keys)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
                .Select(name => new TypeAttribute(name, RoleOf(name), secret.Contains(name))),
        ];

        AttributeRole RoleOf(string name) => local.Contains(name) ? AttributeRole.Local
            : secret.Contains(name) ? AttributeRole.Secret
            : cacheOnly.Contains(name) ? AttributeRole.CacheOnly
            : AttributeRole.Sent;
    }
}
