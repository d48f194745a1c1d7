using Hermes.Abstractions.Data;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>What an event says of a remote entry, with the secret attributes apart.</summary>
/// <param name="Entry">The entry after the event, without secret attributes.</param>
/// <param name="Secrets">The secret attributes that the event carries.</param>
internal readonly record struct RemoteContent(Entry Entry, AttributeChanges Secrets)
{
    /// <summary>What an added event says.</summary>
    public static RemoteContent OfAdded(TypeSchema type, Entry attributes)
    {
        if (type.SecretAttributes.IsEmpty)
            return new(attributes, AttributeChanges.None);
        return new(Public(type, attributes), new AttributeChanges(SecretsOf(type, attributes), Entry.Empty, []));
    }

    /// <summary>What a modified event makes of an entry.</summary>
    public static RemoteContent OfModified(TypeSchema type, Entry before, AttributeChanges changes)
    {
        if (type.SecretAttributes.IsEmpty)
            return new(changes.ApplyTo(before), AttributeChanges.None);
        var open = new AttributeChanges(
            Public(type, changes.Added), Public(type, changes.Modified), [.. changes.Removed.Where(name => !type.SecretAttributes.Contains(name))]);
        var secret = new AttributeChanges(
            SecretsOf(type, changes.Added), SecretsOf(type, changes.Modified), [.. changes.Removed.Where(name => type.SecretAttributes.Contains(name))]);
        return new(open.ApplyTo(before), secret);
    }

    /// <summary>An entry without its secret attributes.</summary>
    public static Entry Public(TypeSchema type, Entry entry) => Where(entry, name => !type.SecretAttributes.Contains(name));

    private static Entry SecretsOf(TypeSchema type, Entry entry) => Where(entry, name => type.SecretAttributes.Contains(name));

    private static Entry Where(Entry entry, Func<string, bool> isWanted) =>
        entry.Keys.All(isWanted) ? entry : Entry.Create(entry.Where(attribute => isWanted(attribute.Key)));
}
