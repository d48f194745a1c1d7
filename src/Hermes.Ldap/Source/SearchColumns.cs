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

    private readonly Dictionary<string, AttributeDescription> _descriptions = new(StringComparer.Ordinal);
    private readonly DirectorySchema _schema;

    /// <summary>Chooses how each attribute is read.</summary>
    /// <param name="attributes">The attributes, by any of their names.</param>
    /// <param name="options">The settings.</param>
    /// <param name="schema">Tells which names mean the same attribute.</param>
    public SearchColumns(IReadOnlyList<string> attributes, LdapSourceOptions options, DirectorySchema schema)
        : this(
            attributes,
            name => name == Dn ? null : AttributeSyntax.Of(name, options, schema),
            name => AttributeSyntax.IsIn(options.ListAttributes, name, schema),
            takesOptions: true,
            schema)
    {
    }

    private SearchColumns(
        IReadOnlyList<string> attributes, Func<string, AttributeSyntax?> syntaxOf, Func<string, bool> isList, bool takesOptions, DirectorySchema schema)
    {
        _schema = schema;
        _names = new RowColumns(attributes);
        _columns = [.. attributes.Select(name => new Column(name, Described(name), syntaxOf(name), isList(name), takesOptions))];
    }

    /// <summary>Reads each attribute as a target wrote it: values with further options (<c>;lang-de</c>) are not its.</summary>
    public static SearchColumns AsWritten(IReadOnlyList<string> attributes, DirectorySchema schema) =>
        new(attributes, name => AttributeSyntax.AsWritten(name, schema), _ => false, takesOptions: false, schema);

    /// <summary>What to ask the server for; <c>1.1</c> stands for no attribute at all.</summary>
    public static string[] Requested(IReadOnlyList<string> attributes) => [.. attributes.Where(name => name != Dn).DefaultIfEmpty("1.1")];

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
            else if (Found(entry, column) is { Count: > 0 } found)
                values[i] = Convert(entry, column, found);
            else if (Ranged(entry, column) is { } name && RangedValues.FirstPiece(entry, name) is { } piece)
                values[i] = Convert(entry, column, await RangedValues.ReadAllAsync(session, entry.DistinguishedName, name, piece, cancellationToken));
        }

        return new SourceRow(_names, values);
    }

    // The server answers with a name of its own choice, whichever was asked for, and adds options: without them if there are such values, else with any.
    private List<byte[]> Found(SearchResultEntry entry, Column column)
    {
        var names = entry.Attributes.AttributeNames.Cast<string>().Where(name => AttributeDescription.WithoutRange(name) is null).ToArray();
        var exact = names.Where(name => Described(name).Is(column.Description)).ToArray();
        return
        [
            .. (exact.Length > 0 || !column.TakesOptions ? exact : names.Where(name => Described(name).IsPartOf(column.Description)))
                .SelectMany(name => (byte[][])entry.Attributes[name].GetValues(typeof(byte[]))),
        ];
    }

    private string? Ranged(SearchResultEntry entry, Column column) => entry.Attributes.AttributeNames.Cast<string>()
        .Select(AttributeDescription.WithoutRange)
        .FirstOrDefault(name => name is not null && Described(name).Is(column.Description));

    private AttributeDescription Described(string name)
    {
        if (!_descriptions.TryGetValue(name, out var description))
            _descriptions.Add(name, description = AttributeDescription.Parse(name, _schema.IdentityOf));
        return description;
    }

    private static Value Convert(SearchResultEntry entry, Column column, IReadOnlyList<byte[]> values)
    {
        try
        {
            if (values.Count == 1 && !column.AlwaysList)
                return column.Syntax!.Read(values[0]);

            // The values of an attribute have no order: one that the server happens to change must not look like a change of the data.
            return ValueList.Create(values.Order(ByteOrder.Instance).Select(column.Syntax!.Read).Where(value => value.IsSet));
        }
        catch (FormatException exception)
        {
            throw new SourceException($"The attribute '{column.Name}' of {entry.DistinguishedName} {exception.Message}", FaultKind.Permanent);
        }
    }

    private sealed record Column(string Name, AttributeDescription Description, AttributeSyntax? Syntax, bool AlwaysList, bool TakesOptions);

    private sealed class ByteOrder : IComparer<byte[]>
    {
        public static readonly ByteOrder Instance = new();

        public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
    }
}

/// <summary>An attribute as requests and answers name it (RFC 4512, 2.5): a type, and options such as <c>lang-de</c>.</summary>
/// <param name="Identity">The type, the same for all its names.</param>
/// <param name="Options">The options that say which values are meant; not <c>binary</c>, which says how they are sent.</param>
internal sealed record AttributeDescription(string Identity, IReadOnlySet<string> Options)
{
    private const string Binary = "binary";
    private const string Range = "range=";

    /// <summary>Reads a description.</summary>
    /// <param name="text">The type, by one of its names or its number, and its options.</param>
    /// <param name="identity">One name for a type.</param>
    public static AttributeDescription Parse(string text, Func<string, string> identity)
    {
        var parts = text.Split(';');
        var options = parts.Skip(1).Where(option => !option.Equals(Binary, StringComparison.OrdinalIgnoreCase) && !IsRange(option));
        return new(identity(parts[0]), options.ToHashSet(StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The description without the option that says which piece of the values is meant; null if it has none.</summary>
    public static string? WithoutRange(string text)
    {
        var parts = text.Split(';');
        return parts.Any(IsRange) ? string.Join(';', parts.Where(part => !IsRange(part))) : null;
    }

    /// <summary>Whether this is what another asks for.</summary>
    public bool Is(AttributeDescription asked) => Identity == asked.Identity && Options.SetEquals(asked.Options);

    /// <summary>Whether this is what another asks for, or a part of it, with more options.</summary>
    public bool IsPartOf(AttributeDescription asked) => Identity == asked.Identity && Options.IsSupersetOf(asked.Options);

    private static bool IsRange(string option) => option.StartsWith(Range, StringComparison.OrdinalIgnoreCase);
}
