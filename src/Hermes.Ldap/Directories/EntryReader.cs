using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;
using Hermes.Ldap.Syntax;
using Hermes.Runtime.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>
/// Reads the objects of a type: those of its object classes below its base and below the container of trashed ones, page by page. An object elsewhere is found by its link.
/// </summary>
internal sealed class EntryReader(LdapClient client, DirectoryWriter writer, DirectorySchema schema, ObjectLocator locator, ReadingPlan plan)
{
    private const int PageSize = 1000;

    private readonly EntryLayout _layout = plan.Layout;

    /// <summary>The container of the objects.</summary>
    public string Base => _layout.Base;

    /// <summary>Whether trashed objects can be told from others.</summary>
    public bool MarksTrashed => plan.TrashBase is not null || plan.Marks.Count > 0;

    /// <summary>The objects, in the order of the server.</summary>
    /// <exception cref="TargetException">Not all could be read, or an attribute is a secret one, or the schema does not know it.</exception>
    public async IAsyncEnumerable<TargetObject> ReadAsync(IReadOnlyList<string> also, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var session = await ToldAsync(client.LeaseAsync(cancellationToken));
        var columns = await ColumnsAsync(session, also, cancellationToken);
        var links = new LinkFinder(writer, locator, plan.References);
        foreach (var place in Places())
        {
            var what = $"Searching below '{place.Base}'";
            var container = await NameOfAsync(session, place.Base, what, cancellationToken);
            var request = new SearchRequest(place.Base, Filter(), SearchScope.Subtree, columns.Requested);
            await using var pages = PagedSearch.PagesAsync(session, request, PageSize, what, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await ToldAsync(pages.MoveNextAsync().AsTask()))
            {
                if (SubordinateReferences.Count(pages.Current) > 0)
                    throw Incomplete($"{what} on {session.Address} came upon a reference to another server");
                foreach (SearchResultEntry entry in pages.Current.Entries)
                {
                    cancellationToken.ThrowIfCancellationRequested();

                    // What is below the container has a longer name than the container.
                    var dn = entry.DistinguishedName;
                    if (place.IsTrash is null ? IsContainer(dn) : dn.Length <= container.Length && DistinguishedName.Same(dn, container))
                        continue;
                    var reading = columns.ReadAsync(session, entry, cancellationToken);
                    var row = reading.IsCompletedSuccessfully ? reading.GetAwaiter().GetResult() : await ToldAsync(reading.AsTask());
                    yield return await WithReferencesAsync(columns, columns.ObjectOf(locator.Found(entry), row, place.IsTrash ?? IsInTrash(dn)), row, links, cancellationToken);
                }
            }
        }
    }

    /// <summary>The object with a link, wherever it is; null if it is gone.</summary>
    /// <exception cref="TargetException">It could not be read.</exception>
    public async Task<TargetObject?> FindAsync(string link, CancellationToken cancellationToken)
    {
        await using var session = await ToldAsync(client.LeaseAsync(cancellationToken));
        var columns = await ColumnsAsync(session, [], cancellationToken);
        if (await ToldAsync(locator.FindAsync(link, [], columns.Requested, cancellationToken)) is not { } found)
            return null;
        var row = await ToldAsync(columns.ReadAsync(session, found.Entry, cancellationToken).AsTask());
        return await WithReferencesAsync(columns, columns.ObjectOf(found, row, IsInTrash(found.Dn)), row, new LinkFinder(writer, locator, plan.References), cancellationToken);
    }

    /// <summary>Whether the directory takes what it holds of an attribute for what it would be given.</summary>
    public bool IsSame(string attribute, Value given, Value held)
    {
        if (_layout.Attributes.FirstOrDefault(pair => pair.Local == attribute).Ldap is not { } ldap || (given.IsSet && given == held))
            return true;

        // What LDAP cannot store is not held.
        if (given.Kind == ValueKind.Map || (given.Kind == ValueKind.List && !given.AsList().All(item => item.IsScalar || item.IsNull)))
            return false;
        var wanted = AttributeText.Values(attribute, given);
        if (wanted.Count == 0)
            wanted = _layout.DefaultOf(ldap);
        return (wanted.Count == 0 && held.IsSet && plan.Completed.Contains(ldap, StringComparer.OrdinalIgnoreCase))
            || MatchingRules.AreSame(RuleOf(ldap), wanted, AttributeText.Values(attribute, held));
    }

    private async ValueTask<TargetObject> WithReferencesAsync(
        EntryColumns columns, TargetObject held, SourceRow row, LinkFinder links, CancellationToken cancellationToken) => plan.References.Count == 0
            ? held
            : held with { References = await ToldAsync(links.FindAsync(name => columns.Held(row, name), cancellationToken)) };

    // The schema of Active Directory names no rules: there the syntax decides.
    private string? RuleOf(string attribute) => schema.EqualityOf(attribute) ?? (plan.ComparesBySyntax ? schema.SyntaxOf(attribute) : null);

    private async Task<EntryColumns> ColumnsAsync(LdapSession session, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        var needed = _layout.Attributes.Select(pair => pair.Ldap).Concat(also).Concat(plan.Read);
        if (await ToldAsync(schema.UnknownAsync(session, [.. needed], cancellationToken)) is { } unknown)
        {
            throw new TargetException(
                $"{_layout.Type}: the schema of {session.Address} knows no attribute '{unknown}'. Correct its name, or add the attribute to the schema.", FaultKind.Permanent);
        }

        return new EntryColumns(plan, schema, locator.Attribute, also);
    }

    // The base and the container of the trashed, or the outer one alone if one is in the other: then the name of each object tells.
    private IEnumerable<(string Base, bool? IsTrash)> Places()
    {
        if (plan.TrashBase is not { } trash)
            return [(_layout.Base, false)];
        if (DistinguishedName.Same(trash, _layout.Base) || DistinguishedName.IsBelow(trash, _layout.Base))
            return [(_layout.Base, null)];
        return DistinguishedName.IsBelow(_layout.Base, trash) ? [(trash, null)] : [(_layout.Base, false), (trash, true)];
    }

    private bool IsContainer(string dn) => DistinguishedName.Same(dn, _layout.Base) || (plan.TrashBase is { } trash && DistinguishedName.Same(dn, trash));

    private bool IsInTrash(string dn) => plan.TrashBase is { } trash && DistinguishedName.IsBelow(dn, trash)
        && !(DistinguishedName.IsBelow(_layout.Base, trash) && DistinguishedName.IsBelow(dn, _layout.Base));

    private string Filter()
    {
        var asked = plan.Classes.Where(name => !schema.IsAuxiliary(name)).ToArray();
        var classes = string.Concat((asked.Length > 0 ? asked : plan.Classes).Select(name => SearchFilter.Equal("objectClass", name)));
        return $"(&{classes}{(plan.NotClass is { } not ? $"(!{SearchFilter.Equal("objectClass", not)})" : "")})";
    }

    // As the server writes it.
    private async Task<string> NameOfAsync(LdapSession session, string @base, string what, CancellationToken cancellationToken)
    {
        var request = new SearchRequest(@base, "(objectClass=*)", SearchScope.Base, "1.1");
        var response = await ToldAsync(session.SendAsync<SearchResponse>(request, what, cancellationToken));
        return response.Entries.Count == 1 ? response.Entries[0].DistinguishedName : throw Incomplete($"{what} on {session.Address} did not find the container itself");
    }

    private TargetException Incomplete(string problem) => new(
        $"{_layout.Type}: {problem}, so that what was read is not complete. Let the bind account see all of it, point Url at a server that holds all of it, or narrow the base.",
        FaultKind.Permanent);

    private ValueTask<T> ToldAsync<T>(Task<T> reading) => TargetFailures.TranslateAsync(_layout.Type, new ValueTask<T>(reading));
}

/// <summary>The attributes that are read of the objects of a type, and how they become what is told. Never passwords. Not for several threads at once.</summary>
internal sealed class EntryColumns
{
    private readonly ReadingPlan _plan;
    private readonly string _identity;
    private readonly (string Local, int At)[] _attributes;
    private readonly (string Name, int At)[] _others;
    private readonly List<string> _names = [];
    private readonly SearchColumns _columns;
    private readonly EntryBuilder _content = new();

    /// <summary>Chooses the attributes.</summary>
    /// <param name="plan">What the type has.</param>
    /// <param name="schema">Tells which names mean the same attribute, and which hold bytes.</param>
    /// <param name="identity">The LDAP attribute that holds the links.</param>
    /// <param name="also">Further LDAP attributes.</param>
    /// <exception cref="TargetException">One of them is a secret one.</exception>
    public EntryColumns(ReadingPlan plan, DirectorySchema schema, string identity, IReadOnlyList<string> also)
    {
        bool Means(string attribute, IEnumerable<string> names) => names.Select(schema.IdentityOf).Contains(schema.IdentityOf(attribute.Split(';')[0]));

        (_plan, _identity) = (plan, identity);
        if (also.FirstOrDefault(name => Means(name, plan.Passwords.Concat(plan.Layout.Secrets))) is { } secret)
            throw new TargetException($"{plan.Layout.Type}: the attribute '{secret}' is a secret one and is not told.", FaultKind.Permanent);
        _attributes =
        [
            .. plan.Layout.Attributes
                .Where(pair => !Means(pair.Ldap, plan.Passwords.Concat(plan.Layout.Secrets).Concat(plan.OfOthers)))
                .Select(pair => (pair.Local, At(pair.Ldap))),
        ];
        _others = [.. also.Distinct(StringComparer.Ordinal).Select(name => (name, At(name)))];
        foreach (var name in _plan.Read)
            At(name);
        _columns = SearchColumns.AsWritten(_names, schema);
    }

    /// <summary>What to ask the server for.</summary>
    public string[] Requested => [.. _names.Append(_identity).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The values of an object.</summary>
    /// <exception cref="LdapRequestException">The rest of many values cannot be read.</exception>
    public ValueTask<SourceRow> ReadAsync(LdapSession session, SearchResultEntry entry, CancellationToken cancellationToken) =>
        _columns.ReadAsync(session, entry, cancellationToken);

    /// <summary>What was read of one of the LDAP attributes.</summary>
    public Value Held(SourceRow row, string name) => row.Values[At(name)];

    /// <summary>What is told of an object.</summary>
    /// <exception cref="TargetException">It has no link.</exception>
    public TargetObject ObjectOf(FoundObject found, SourceRow row, bool isInTrash)
    {
        var link = found.Link ?? throw new TargetException(
            $"{_plan.Layout.Type}: the directory tells no '{_identity}' of {found.Dn}, without which nothing can be read back. "
            + "Set IdentityAttribute, or let the bind account read it.",
            FaultKind.Permanent);
        var content = EntryOf(_attributes, row);
        var isTrashed = isInTrash || (_plan.Marks.Count > 0 && _plan.IsMarked(name => Held(row, name)));
        return new TargetObject(link, found.Dn, content, isTrashed)
        {
            Others = _others.Length == 0 ? Entry.Empty : EntryOf(_others, row),
            IsProtected = IsAccount(found.Dn) || (_plan.ProtectedBy is { } mark && Held(row, mark).ToString().Equals("TRUE", StringComparison.OrdinalIgnoreCase)),
        };
    }

    // A server writes names without blanks, so that hardly one has to be looked at closely.
    private bool IsAccount(string dn) => _plan.Account is { } account && dn.Length <= account.Length && DistinguishedName.Same(account, dn);

    private Entry EntryOf((string Name, int At)[] columns, SourceRow row)
    {
        foreach (var (name, at) in columns)
            _content.Add(name, row.Values[at]);
        return _content.Build();
    }

    private int At(string name)
    {
        var at = _names.FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        if (at < 0)
            _names.Add(name);
        return at < 0 ? _names.Count - 1 : at;
    }
}
