using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Source;

namespace Hermes.Ldap.Directories;

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
        foreach (var mark in plan.Marks)
            At(mark);
        _columns = SearchColumns.AsWritten(_names, schema);
    }

    /// <summary>What to ask the server for.</summary>
    public string[] Requested => [.. _names.Append(_identity).Distinct(StringComparer.OrdinalIgnoreCase)];

    /// <summary>The values of an object.</summary>
    /// <exception cref="LdapRequestException">The rest of many values cannot be read.</exception>
    public ValueTask<SourceRow> ReadAsync(LdapSession session, SearchResultEntry entry, CancellationToken cancellationToken) =>
        _columns.ReadAsync(session, entry, cancellationToken);

    /// <summary>What is told of an object.</summary>
    /// <exception cref="TargetException">It has no link.</exception>
    public TargetObject ObjectOf(FoundObject found, SourceRow row, bool isInTrash)
    {
        var link = found.Link ?? throw new TargetException(
            $"{_plan.Layout.Type}: the directory tells no '{_identity}' of {found.Dn}, without which nothing can be read back. "
            + "Set IdentityAttribute, or let the bind account read it.",
            FaultKind.Permanent);
        var content = EntryOf(_attributes, row);
        var isTrashed = isInTrash || (_plan.Marks.Count > 0 && _plan.IsMarked(name => row.Values[At(name)]));
        return new TargetObject(link, found.Dn, content, isTrashed) { Others = _others.Length == 0 ? Entry.Empty : EntryOf(_others, row) };
    }

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
