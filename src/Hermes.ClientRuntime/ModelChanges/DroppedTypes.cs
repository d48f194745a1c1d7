using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// The local types that the client no longer has: the target gets to know them too when it starts. While it may have entries of them, so that it can remove them; and ever
/// after, since its settings may still name them.
/// </summary>
internal static class DroppedTypes
{
    /// <summary>The types that this start drops, and those that earlier ones dropped.</summary>
    public static ModelSnapshot Of(ClientSession session)
    {
        var setup = session.Setup!;
        return new ModelSnapshot(
            ModelSnapshot.Empty.Types.SetItems(setup.Dropped.Types.Concat(setup.Model.Types).Where(type => !session.Bound.TryGetType(type.Key, out _))));
    }

    /// <summary>Tells the target of all types: those of the client, and those of which entries may still have to be removed.</summary>
    /// <exception cref="ClientStopException">A template of one can no longer be compiled.</exception>
    public static ValueTask TellAsync(ClientSession session, CancellationToken cancellationToken) => session.Services.Target.StartAsync(
        [.. session.Bound.ToTargetTypes(session.Setup!.Left), .. ForTarget(session)], cancellationToken);

    private static IEnumerable<TargetType> ForTarget(ClientSession session)
    {
        var dropped = new List<BoundType>();
        var waiting = session.Queue.Items.Select(item => item.Id.Type).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, type) in Of(session).Types)
        {
            var remote = session.Bound.Schema.TryGetType(type.RemoteType, out var known) || session.Setup!.Left.TryGetType(type.RemoteType, out known) ? known : null;
            var mappings = waiting.Contains(name) ? Mappings(session.Services.Templates, name, type) : Names(session.Services.Templates, type);
            var local = new LocalType(name, type.RemoteType, [.. mappings], null) { References = type.References };
            dropped.Add(new BoundType(local, remote));
        }

        return dropped.Select(type => type.ToTargetType(session.Bound, dropped));
    }

    // Of a type of which nothing waits, no template is needed any more.
    private static IEnumerable<AttributeMapping> Names(ITemplateEngine templates, TypeSnapshot type) =>
        type.Mapping.Select(mapping => AttributeMapping.Create(mapping.Key, templates.IsTemplate(mapping.Value) ? mapping.Key : mapping.Value, templates));

    /// <summary>The mappings of a type that the configuration no longer has.</summary>
    /// <exception cref="ClientStopException">A template can no longer be compiled.</exception>
    public static IEnumerable<AttributeMapping> Mappings(ITemplateEngine templates, string name, TypeSnapshot type)
    {
        foreach (var (local, text) in type.Mapping)
        {
            AttributeMapping mapping;
            try
            {
                mapping = AttributeMapping.Create(local, text, templates);
            }
            catch (TemplateException exception)
            {
                throw new ClientStopException(
                    $"The data type '{name}' is gone, but the target may still have entries of it, and the template of its attribute '{local}' can no longer be used: "
                    + $"{exception.Message} Keep what the template needs until the entries are removed.",
                    exception);
            }

            yield return mapping;
        }
    }
}
