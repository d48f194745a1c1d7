using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Diff.Encoding;
using Hermes.Diff.Model;

namespace Hermes.Diff.Diffing;

/// <summary>
/// Compares the secret attributes of entries with what this process sent of them, by keyed hashes: the values are kept nowhere. Of what was sent before, it is known
/// which ones were set.
/// </summary>
internal sealed class SecretDiff(DataType type, FingerprintIndex index)
{
    private readonly int[] _attributes = type.Layout.Secret;
    private readonly ulong[] _current = new ulong[type.Layout.Secret.Length];
    private readonly ByteBuffer _buffer = new(64);

    /// <summary>Stands for a secret that stays as it was last sent, whatever that was.</summary>
    public static Value AsItWas { get; } = Value.From(new UnchangedSecret());

    /// <summary>How many secret attributes the type has.</summary>
    public int Count => _attributes.Length;

    /// <summary>The hashes of the entry last compared.</summary>
    public ReadOnlySpan<ulong> Current => _current;

    /// <summary>Hashes the secrets of an entry and tells whether they differ from those sent.</summary>
    public bool Compare(int slot, ReadOnlySpan<Value> values)
    {
        if (_attributes.Length == 0)
            return false;
        var sent = index.SecretsOf(slot);
        for (var i = 0; i < _attributes.Length; i++)
        {
            var secret = values[_attributes[i]];
            _current[i] = secret.Kind != ValueKind.Object ? index.HashSecret(_buffer, secret) : sent.IsEmpty ? 0 : sent[i];
        }

        return sent.IsEmpty ? _current.AsSpan().ContainsAnyExcept(0UL) : !sent.SequenceEqual(_current);
    }

    /// <summary>The differences of the entry last compared.</summary>
    public AttributeChanges Changes(int slot, ReadOnlySpan<Value> values)
    {
        var added = new List<KeyValuePair<string, Value>>();
        var modified = new List<KeyValuePair<string, Value>>();
        var removed = ImmutableArray.CreateBuilder<string>();
        var sent = index.SecretsOf(slot);
        for (var i = 0; i < _attributes.Length; i++)
        {
            var before = sent.IsEmpty ? 0 : sent[i];
            var name = type.Layout.Names[_attributes[i]];
            if (before == _current[i])
                continue;
            if (_current[i] == 0)
                removed.Add(name);
            else
                (before == 0 ? added : modified).Add(new(name, values[_attributes[i]]));
        }

        return added.Count + modified.Count + removed.Count == 0
            ? AttributeChanges.None
            : new AttributeChanges(Entry.Create(added), Entry.Create(modified), removed.ToImmutable());
    }

    /// <summary>The differences of an entry, and those that were cleared while no server was there to see it.</summary>
    /// <param name="changes">The differences by what this process sent.</param>
    /// <param name="values">The entry now.</param>
    /// <param name="cached">The entry as it is cached.</param>
    public AttributeChanges WithCleared(AttributeChanges changes, ReadOnlySpan<Value> values, CachedEntry cached)
    {
        var cleared = changes.Removed;
        foreach (var attribute in _attributes)
        {
            var name = type.Layout.Names[attribute];
            if (!values[attribute].IsSet && cached.SetSecrets.Contains(name) && !cleared.Contains(name))
                cleared = cleared.Add(name);
        }

        return cleared.Length == changes.Removed.Length ? changes : changes with { Removed = cleared.Sort(StringComparer.Ordinal) };
    }

    private sealed class UnchangedSecret : TemplateObject
    {
        public override string Description => "a secret that stays as it was";
    }
}
