using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>A local type together with what the server's schema says of the type that feeds it.</summary>
internal sealed class BoundType
{
    public BoundType(LocalType type, TypeSchema? remote)
    {
        Type = type;
        Remote = remote;
        var secrets = remote is null ? [] : remote.SecretAttributes.ToHashSet(StringComparer.Ordinal);
        Plain = [.. type.Mappings.Where(mapping => !mapping.Variables.Any(secrets.Contains))];
        Secret = [.. type.Mappings.Where(mapping => mapping.Variables.Any(secrets.Contains))];
        SecretVariables = secrets;
    }

    public LocalType Type { get; }

    public string Name => Type.Name;

    /// <summary>The schema of the remote type; null while the server does not send it.</summary>
    public TypeSchema? Remote { get; }

    /// <summary>The mappings that read no secret attribute: these are in the views. In ordinal order.</summary>
    public ImmutableArray<AttributeMapping> Plain { get; }

    /// <summary>The mappings that read a secret attribute: their values live only in the event that carries it.</summary>
    public ImmutableArray<AttributeMapping> Secret { get; }

    /// <summary>The secret attributes of the remote type.</summary>
    public IReadOnlySet<string> SecretVariables { get; }

    /// <summary>How an entry is called in logs, status and mail.</summary>
    public string Describe(EntryKey key, Entry? local)
    {
        if (Type.Display is not { } display || local is null)
            return $"<{Name}[{key}]>";
        try
        {
            return display.Evaluate([.. display.Variables.Select(name => local.TryGetValue(name, out var value) ? value : Value.Undefined)]).ToString();
        }
        catch (Abstractions.Templates.TemplateException)
        {
            // A name for people must never stop the work; the default name says as much.
            return $"<{Name}[{key}]>";
        }
    }

    /// <summary>This type as targets see it.</summary>
    /// <param name="model">The types of the client.</param>
    /// <param name="dropped">Types that the client no longer has, and that this one may refer to.</param>
    public TargetType ToTargetType(BoundModel model, IReadOnlyList<BoundType>? dropped = null) => new(
        Name,
        [.. Type.Mappings.Select(mapping => mapping.Local)],
        Remote is null ? [] : [.. Remote.Key.Select(part => CopyOf(part) ?? "")],
        [.. Secret.Select(mapping => mapping.Local)],
        ForeignKeys(model, dropped ?? []))
    {
        References = Type.References.ToImmutableDictionary(StringComparer.Ordinal),
    };

    /// <summary>The local attribute that carries a remote one as it is; null if none does.</summary>
    public string? CopyOf(string remote) =>
        Type.Mappings.FirstOrDefault(mapping => mapping is AttributeMapping.Copy && string.Equals(mapping.Text, remote, StringComparison.Ordinal))?.Local;

    private ImmutableDictionary<string, TargetForeignKey> ForeignKeys(BoundModel model, IReadOnlyList<BoundType> dropped)
    {
        var result = ImmutableDictionary.CreateBuilder<string, TargetForeignKey>(StringComparer.Ordinal);
        if (Remote is null)
            return result.ToImmutable();
        foreach (var (attribute, parent) in Remote.ForeignKeys)
        {
            var parents = model.FedBy(parent.ParentType).Concat(dropped.Where(type => type.Type.RemoteType == parent.ParentType));
            if (CopyOf(attribute) is { } local && parents.FirstOrDefault() is { } parentType)
                result[local] = new TargetForeignKey(parentType.Name, parentType.CopyOf(parent.ParentAttribute) ?? "");
        }

        return result.ToImmutable();
    }
}
