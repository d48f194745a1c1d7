namespace Hermes.Abstractions.Sources;

/// <summary>The names of the columns that all rows of one read share. Make it once per read: consumers recognise it by reference.</summary>
public sealed class RowColumns
{
    private readonly string[] _names;
    private readonly Dictionary<string, int> _indexes;

    /// <summary>Makes the columns of a read.</summary>
    /// <exception cref="ArgumentException">Two columns have the same name.</exception>
    public RowColumns(params IEnumerable<string> names)
    {
        _names = [.. names];
        _indexes = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
        for (var i = 0; i < _names.Length; i++)
        {
            if (!_indexes.TryAdd(_names[i], i))
                throw new ArgumentException($"The read returns two columns named '{_names[i]}'. Give one of them another name.", nameof(names));
        }
    }

    /// <summary>How many columns there are.</summary>
    public int Count => _names.Length;

    /// <summary>The names, in the order of the values of a row.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The position of a column, or -1.</summary>
    public int IndexOf(string name) => _indexes.GetValueOrDefault(name, -1);
}
