using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>Turns remote entries into local ones. Pure.</summary>
internal static class Conversion
{
    /// <summary>
    /// The local entry after an event. An attribute none of whose remote attributes changed keeps its value: a template that yields
    /// another value each time (a salted hash) is evaluated when there is a reason to, and one that reads no remote attribute when the
    /// entry is added.
    /// </summary>
    /// <param name="type">The local type.</param>
    /// <param name="remoteBefore">The remote entry before; null if it is new.</param>
    /// <param name="remoteAfter">The remote entry after; null if it is gone.</param>
    /// <param name="localBefore">The local entry before; null if it is new.</param>
    /// <exception cref="Abstractions.Templates.TemplateException">A template failed.</exception>
    public static EntryView? Convert(BoundType type, EntryView? remoteBefore, EntryView? remoteAfter, EntryView? localBefore)
    {
        if (remoteAfter is null)
            return null;
        var names = new string[type.Plain.Length];
        var values = new Value[type.Plain.Length];
        var count = 0;
        foreach (var mapping in type.Plain)
        {
            var value = remoteBefore is not null && localBefore is not null && !ReadsChange(mapping, remoteBefore.Entry, remoteAfter.Entry)
                ? localBefore.Entry.Get(mapping.Local)
                : mapping.Evaluate(remoteAfter.Entry);
            if (!value.IsSet)
                continue;
            names[count] = mapping.Local;
            values[count++] = value;
        }

        return new EntryView(
            count == names.Length ? Entry.FromSorted(names, values) : Entry.FromSorted(names[..count], values[..count]), remoteAfter.TrashedSince);
    }

    /// <summary>
    /// The local entry when the mapping of some attributes changed: these are computed anew, the others keep their values.
    /// </summary>
    /// <exception cref="Abstractions.Templates.TemplateException">A template failed.</exception>
    public static EntryView Recompute(BoundType type, EntryView remote, EntryView local, IReadOnlySet<string> changed) => new(
        Entry.Create(type.Plain.Select(mapping => new KeyValuePair<string, Value>(
            mapping.Local, changed.Contains(mapping.Local) ? mapping.Evaluate(remote.Entry) : local.Entry.Get(mapping.Local)))),
        remote.TrashedSince);

    /// <summary>
    /// The local attributes that are computed from secret ones, each only if the event carries all secret attributes that it reads.
    /// </summary>
    /// <exception cref="Abstractions.Templates.TemplateException">A template failed.</exception>
    public static AttributeChanges ConvertSecrets(BoundType type, Entry remoteAfter, AttributeChanges secrets) =>
        secrets.IsEmpty || type.Secret.IsEmpty ? AttributeChanges.None : ConvertAny(type, remoteAfter, secrets);

    private static AttributeChanges ConvertAny(BoundType type, Entry remoteAfter, AttributeChanges secrets)
    {
        var whole = secrets.ApplyTo(remoteAfter);
        List<KeyValuePair<string, Value>> added = [], modified = [];
        List<string> removed = [];
        foreach (var mapping in type.Secret)
        {
            var read = mapping.Variables.Where(type.SecretVariables.Contains).ToArray();
            if (!Array.TrueForAll(read, name => secrets.Added.ContainsKey(name) || secrets.Modified.ContainsKey(name) || secrets.Removed.Contains(name)))
                continue;
            var value = mapping.Evaluate(whole);
            if (!value.IsSet)
                removed.Add(mapping.Local);
            else if (Array.TrueForAll(read, secrets.Added.ContainsKey))
                added.Add(new(mapping.Local, value));
            else
                modified.Add(new(mapping.Local, value));
        }

        return new AttributeChanges(Entry.Create(added), Entry.Create(modified), [.. removed]);
    }

    private static bool ReadsChange(AttributeMapping mapping, Entry before, Entry after)
    {
        if (ReferenceEquals(before, after))
            return false;
        foreach (var variable in mapping.Variables)
        {
            if (before.Get(variable) != after.Get(variable))
                return true;
        }

        return false;
    }
}
