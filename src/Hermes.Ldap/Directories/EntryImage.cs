using System.Collections;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>The attributes that an entry of the directory should have, as texts and bytes. Names without regard to case.</summary>
internal sealed class EntryImage : IEnumerable<KeyValuePair<string, ValueList>>
{
    private readonly SortedDictionary<string, ValueList> _attributes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of an attribute; empty if it is not set. Setting no values removes it.</summary>
    public ValueList this[string attribute]
    {
        get => _attributes.GetValueOrDefault(attribute, ValueList.Empty);
        set
        {
            if (value.Count > 0)
                _attributes[attribute] = value;
            else
                _attributes.Remove(attribute);
        }
    }

    /// <summary>The names of the set attributes.</summary>
    public IEnumerable<string> Names => _attributes.Keys;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ValueList>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
