using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Connection;

namespace Hermes.Ldap.Source;

/// <summary>The attributes that a search asks for, and how each becomes a column.</summary>
internal sealed class SearchColumns
{
    /// <summary>The column that holds the entry's name, which LDAP does not count among the attributes.</summary>
    public const string Dn = "dn";

    private readonly Column[] _columns;
    private readonly RowColumns _names;

    public SearchColumns(IReadOnlyList<string> attributes, LdapSourceOptions options)
    {
        _names = new RowColumns(attributes);
        _columns = [.. attributes.Select(name => new Column(
            name,
            name == Dn ? null : AttributeSyntax.Of(name, options),
            options.ListAttributes.Contains(name, StringComparer.OrdinalIgnoreCase)))];
    }

    /// <summary>What to ask the server for; <c>1.1</c> stands for no attribute at all.</summary>
    public string[] Requested => [.. _columns.Where(column => column.Syntax is not null).Select(column => column.Name).DefaultIfEmpty("1.1")];

    /// <summary>Makes a row of an entry, and reads what the entry holds only in part.</summary>
    /// <exception cref="SourceException">A value is not of its attribute's syntax.</exception>
    /// <exception cref="LdapRequestException">The rest of a value cannot be read.</exception>
    public async ValueTask<SourceRow> ReadAsync(LdapSession session, SearchResultEntry entry, CancellationToken cancellationToken)
    {
        var values = new Value[_columns.Length];
        for (var i = 0; i < _columns.Length; i++)
        {
            var column = _columns[i];
            if (column.Syntax is null)
            {
                values[i] = entry.DistinguishedName;
                continue;
            }

            // Beside the first piece of a ranged attribute the attribute itself may be there, empty.
            if (entry.Attributes[column.Name] is { Count: > 0 } attribute)
                values[i] = Convert(entry, column, (byte[][])attribute.GetValues(typeof(byte[])));
            else if (RangedValues.FirstPiece(entry, column.Name) is { } piece)
                values[i] = Convert(entry, column, await RangedValues.ReadAllAsync(session, entry.DistinguishedName, column.Name, piece, cancellationToken));
        }

        return new SourceRow(_names, values);
    }

    private static Value Convert(SearchResultEntry entry, Column column, IReadOnlyList<byte[]> values)
    {
        try
        {
            if (values.Count == 1 && !column.AlwaysList)
                return column.Syntax!.Read(values[0]);

            // The values of an attribute have no order: one that the server happens to change must not look like a change of the data.
            return ValueList.Create(values.Order(ByteOrder.Instance).Select(column.Syntax!.Read));
        }
        catch (FormatException exception)
        {
            throw new SourceException($"The attribute '{column.Name}' of {entry.DistinguishedName} {exception.Message}", FaultKind.Permanent, exception);
        }
    }

    private sealed record Column(string Name, AttributeSyntax? Syntax, bool AlwaysList);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}
