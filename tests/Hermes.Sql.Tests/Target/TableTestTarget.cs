using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Abstractions.Targets;
using Hermes.Sql.Target;
using Hermes.Sql.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Contracts.Targets;
using Hermes.Testing.Targets;

namespace Hermes.Sql.Tests.Target;

/// <summary>A table target under test: the tables people and members, some columns of which have names that must be quoted.</summary>
internal sealed class TableTestTarget : IFaultyTestTarget, IReadableTestTarget
{
    private readonly TestDatabase _database;
    private readonly TrashedRows _trashed;
    private readonly TableTarget _unreachable;
    private readonly IReadOnlyList<IDisposable> _owned;

    private TableTestTarget(TestDatabase database, TrashedRows trashed, TableTarget target, TableTarget unreachable, string[] secrets, IReadOnlyList<IDisposable> owned)
    {
        _database = database;
        _trashed = trashed;
        Target = target;
        _unreachable = unreachable;
        _owned = owned;
        Secrets = [.. secrets, database.ConnectionString];
    }

    public IClientTarget Target { get; }

    public IReadOnlyList<string> Secrets { get; }

    public bool KeepsTrashed => _trashed != TrashedRows.Delete;

    public bool MarksTrashed => _trashed == TrashedRows.Flag;

    public static async Task<TableTestTarget> StartAsync(
        TestDatabase database, TrashedRows trashed, Action<TableTargetOptions> unreachable, string[] secrets, params IReadOnlyList<IDisposable> owned)
    {
        var text = database.Kind.KeyText;
        await database.RunAsync($"""
            CREATE TABLE people ({database.Quote("id")} {text} PRIMARY KEY, {database.Quote("full name")} {text}, mail {text}, age {database.Kind.Columns[ValueKind.Integer]},
                jobs {text}, {database.Quote("select")} {database.Kind.Columns[ValueKind.String]}, code {text} UNIQUE, trashed {database.Kind.Flag})
            """);
        await database.RunAsync(
            $"CREATE TABLE members ({database.Quote("group")} {text}, person {text}, role {text}, trashed {database.Kind.Flag}, PRIMARY KEY ({database.Quote("group")}, person))");

        var target = new TableTarget("contract", Configure(database.Connect(new TableTargetOptions()), trashed));
        var other = Configure(new TableTargetOptions(), trashed);
        unreachable(other);
        var down = new TableTarget("contract", other);
        await target.StartAsync(ContractTypes.All, default);
        await down.StartAsync(ContractTypes.All, default);
        return new TableTestTarget(database, trashed, target, down, secrets, owned);
    }

    public async Task<IReadOnlyDictionary<EntryKey, Entry>> ReadAsync(string type)
    {
        var condition = _trashed == TrashedRows.Flag ? $"WHERE trashed = {_database.Kind.False}" : "";
        var query = new SourceOperation(
            SourceOperationKind.Fetch, $"SELECT * FROM {(type == ContractTypes.People ? "people" : "members")} {condition}", new Dictionary<string, Value>(), []);
        var entries = (await _database.Source().ReadAllAsync(query))
            .Select(row => Entry.Create(row.Where(cell => cell.Key != "trashed").Select(cell => new KeyValuePair<string, Value>(Attribute(cell.Key), cell.Value))));
        return entries.ToDictionary(entry => type == ContractTypes.People ? ContractTypes.KeyOf(entry) : EntryKey.Of([entry["group"], entry["person"]]));
    }

    public Entry Held(Entry entry) => Entry.Create(entry.Select(attribute =>
        attribute.Value.Kind == ValueKind.List ? new(attribute.Key, PlainJson.ToText(attribute.Value)) : attribute));

    public IClientTarget Unreachable() => _unreachable;

    public async Task<string> MakeByHandAsync(string type)
    {
        await _database.RunAsync($"INSERT INTO people ({_database.Quote("id")}, mail, age, jobs, trashed) VALUES ('made by/hand', 'x', NULL, 'no list', {_database.Kind.False})");
        return "people/made by%2Fhand";
    }

    public string NameOf(string type, string attribute) => attribute switch
    {
        "name" => "full name",
        "note" => "select",
        _ => attribute,
    };

    public async Task<TargetChange> PrepareRefusedAsync()
    {
        await Target.ApplyAsync(ContractTypes.Added(ContractTypes.Person("first", "First", ("code", ContractTypes.SecretText))), new TestTargetContext(), default);
        return ContractTypes.Added(ContractTypes.Person("second", "Second", ("code", ContractTypes.SecretText)));
    }

    public ValueTask DisposeAsync()
    {
        foreach (var owned in _owned)
            owned.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Attribute(string column) => column switch
    {
        "full name" => "name",
        "select" => "note",
        _ => column,
    };

    private static TableTargetOptions Configure(TableTargetOptions options, TrashedRows trashed)
    {
        options.Trashed = trashed;
        options.Tables[ContractTypes.People] = "people";
        options.Tables[ContractTypes.Members] = "members";
        options.Columns["People.name"] = "full name";
        options.Columns["People.note"] = "select";
        return options;
    }
}
