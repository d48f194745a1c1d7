using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Source;
using Hermes.Ldap.Syntax;
using Hermes.Ldap.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Ldap.Tests.Source;

/// <summary>A source for the contract suite: each row is an entry <c>cn=r{id}</c> with attributes named as the columns.</summary>
internal abstract class LdapTestSource : IQueryableTestSource
{
    private static readonly string[] PeopleColumns = ["id", "label", "note"];

    private readonly LdapAccount _administrator;
    private readonly Subtree _tree;
    private readonly List<LdapSource> _sources = [];
    private ContractTable _table = ContractTable.People(0);

    protected LdapTestSource(LdapServer server)
    {
        (_administrator, _tree) = (server.Administrator, Subtree.Of(server));
        Writable = Make(_ => { });
    }

    public IDataSource Source => Writable;

    public IWritableSource Writable { get; protected set; }

    public IReadOnlySet<ValueKind> Kinds { get; } = new HashSet<ValueKind>
    {
        ValueKind.Boolean, ValueKind.Integer, ValueKind.String, ValueKind.DateTime, ValueKind.Bytes, ValueKind.List,
    };

    public virtual IReadOnlyList<string> Secrets => [_administrator.Password];

    /// <summary>The object classes of a row's entry; the first one is of no other entry.</summary>
    protected abstract IReadOnlyList<string> RowClasses { get; }

    private string[] Columns => [.. _table.Columns.Select(column => column.Name).Order(StringComparer.Ordinal)];

    private string AllRows => $"(objectClass={RowClasses[0]})";

    public Task<SourceOperation> StoreAsync(ContractTable table)
    {
        for (var row = 0; row < _table.Rows.Count; row++)
            _tree.Connection.SendRequest(new DeleteRequest(Dn(_table.Rows[row][0])));
        _table = table;
        Writable = Make(_ => { });
        foreach (var row in table.Rows)
        {
            var request = new AddRequest(Dn(row[0]), new DirectoryAttribute("objectClass", [.. RowClasses]));
            foreach (var (column, value) in table.Columns.Zip(row).Where(pair => pair.Second.IsSet))
                request.Attributes.Add(AttributeParts.Attribute(column.Name, AttributeText.Values(column.Name, value)));
            _tree.Connection.SendRequest(request);
        }

        return Task.FromResult(Fetch(AllRows));
    }

    public abstract Task<SourceOperation> StoreBrokenAsync();

    public SourceOperation FetchWhere(string column, Value value) => Fetch($"({column}={{value}})", ("value", value));

    public SourceOperation FetchUnknown() => Fetch(AllRows, ("base", $"ou=none,{_tree.Dn}"));

    public SourceOperation Add(params Value[] row) => Write(
        SourceOperationKind.Add,
        row[0],
        ("attributes", ValueMap.Create([new("objectClass", ValueList.Create(RowClasses.Select(Value.From))), .. PeopleColumns.Zip(row, KeyValuePair.Create)])));

    public SourceOperation Modify(Value id, Value note) => Write(SourceOperationKind.Modify, id, ("modify", ValueMap.Create([new("note", note)])));

    public SourceOperation Delete(Value id) => Write(SourceOperationKind.Delete, id);

    public IDataSource Unreachable() => Make(options => options.Url = $"{new Uri(options.Url).Scheme}://127.0.0.1:{FreePorts.Next()}");

    public ValueTask DisposeAsync()
    {
        _sources.ForEach(source => source.Dispose());
        _tree.Dispose();
        return ValueTask.CompletedTask;
    }

    protected LdapSource Make(Action<LdapSourceOptions> configure)
    {
        var source = new LdapSource(Options(configure));
        _sources.Add(source);
        return source;
    }

    private string Dn(Value id) => $"cn=r{id},{_tree.Dn}";

    private SourceOperation Fetch(string filter, params (string Name, Value Value)[] variables) =>
        new(SourceOperationKind.Fetch, filter, variables.ToDictionary(pair => pair.Name, pair => pair.Value), Columns);

    private SourceOperation Write(SourceOperationKind kind, Value id, params (string Name, Value Value)[] variables) =>
        new(kind, "", variables.Append(("dn", $"cn=r{{id}},{_tree.Dn}")).Append(("id", id)).ToDictionary(pair => pair.Item1, pair => pair.Item2), []);

    private LdapSourceOptions Options(Action<LdapSourceOptions> configure)
    {
        var options = new LdapSourceOptions
        {
            Url = _administrator.Url,
            CaCertificateFile = _administrator.CaFile,
            BindDn = _administrator.Name,
            Password = _administrator.Password,
            Base = _tree.Dn,
        };
        foreach (var column in _table.Columns)
        {
            var names = column.Kind switch
            {
                ValueKind.Boolean => options.BooleanAttributes,
                ValueKind.Integer => options.IntegerAttributes,
                ValueKind.DateTime => options.DateTimeAttributes,
                ValueKind.Bytes => options.BinaryAttributes,
                ValueKind.List => options.ListAttributes,
                _ => [],
            };
            names.Add(column.Name);
        }

        configure(options);
        return options;
    }
}
