using System.Collections;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Directories;

/// <summary>The attributes that an entry of the directory should have, as texts and bytes. Names without regard to case.</summary>
internal sealed class EntryImage : IEnumerable<KeyValuePair<string, ValueList>>
{
    private readonly HashSet<string> _defaults = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<string, ValueList> _attributes = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The values of an attribute; empty if it is not set. Setting no values removes it.</summary>
    public ValueList this[string attribute]
    {
        get => _attributes.GetValueOrDefault(attribute, ValueList.Empty);
        set
        {
            _defaults.Remove(attribute);
            if (value.Count > 0)
                _attributes[attribute] = value;
            else
                _attributes.Remove(attribute);
        }
    }

    /// <summary>Sets an attribute to what it has while nothing else is known of it.</summary>
    public void SetDefault(string attribute, ValueList values)
    {
        this[attribute] = values;
        _defaults.Add(attribute);
    }

    /// <summary>Whether an attribute has its default, which no value of a directory has to give way to.</summary>
    public bool IsDefault(string attribute) => _defaults.Contains(attribute);

    /// <summary>The names of the set attributes.</summary>
    public IEnumerable<string> Names => _attributes.Keys;

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ValueList>> GetEnumerator() => _attributes.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
