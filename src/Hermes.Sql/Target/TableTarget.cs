using System.ComponentModel.DataAnnotations;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Registration;
using Hermes.Sql.Connections;
using Hermes.Sql.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Sql.Target;

/// <summary>
/// Mirrors data types into tables of any database with an ADO.NET driver: one row per entry, found by its key. The tables must exist. A modification writes
/// the columns that changed. Applying a change twice does no harm.
/// </summary>
public sealed class TableTarget : IClientTarget, IReadableTarget
{
    private readonly string _subject;
    private readonly TableTargetOptions _options;
    private readonly SqlDatabase _database;
    private readonly TableReader _reader;
    private Dictionary<string, TableMap> _maps = [];

    /// <summary>Makes a target.</summary>
    /// <param name="name">The name of the client, for messages.</param>
    /// <param name="options">The settings, connected by one of their <c>Connect</c> methods; not to be changed afterwards.</param>
    /// <param name="logger">Is told what is not worth failing for.</param>
    /// <exception cref="ValidationException">A setting is wrong.</exception>
    /// <exception cref="InvalidOperationException">The options are not connected.</exception>
    public TableTarget(string name, TableTargetOptions options, ILogger<TableTarget>? logger = null)
    {
        PartOptions.Require(options);
        _subject = $"Table target of '{name}'";
        _options = options;
        _database = new SqlDatabase(options);
        _reader = new TableReader(_subject, _database, logger ?? NullLogger<TableTarget>.Instance);
    }

    /// <summary>Maps the types to their tables.</summary>
    /// <exception cref="TargetException">A type cannot be mapped, or the options name a type or an attribute that there is not.</exception>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(types);
        RequireKnown(_options.Tables.Keys, types.Select(type => type.Name), nameof(_options.Tables));
        var attributes = types.SelectMany(type => type.Attributes.Select(attribute => $"{type.Name}.{attribute}")).ToArray();
        RequireKnown(_options.Columns.Keys, attributes, nameof(_options.Columns));
        RequireKnown(_options.Ignored, attributes, nameof(_options.Ignored));
        _maps = types.ToDictionary(type => type.Name, type => TableMap.Of(type, _options), StringComparer.Ordinal);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change is EntryTrashed && _options.Trashed == TrashedRows.Keep)
            return;

        var map = MapOf(change);
        await using var connection = _database.Create(out var dialect);
        try
        {
            await _database.OpenAsync(connection, dialect, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ApplyAsync(change, new RowSession(_database, connection, transaction, dialect, map, change.Key), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception failure) when (SqlFailure.IsFailure(failure))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var subject = $"{_subject}, table '{map.Table}', {change.Kind} of {change.Type}[{change.Key}]";
            var told = SqlFailure.Of(failure, subject, dialect, connection, ValuesOf(change));
            throw new TargetException(told.Message, told.Fault.Kind, told.Cause);
        }
    }

    /// <inheritdoc/>
    public bool CanRead(string type) => _maps.ContainsKey(type);

    /// <summary>The table.</summary>
    public string? PlaceOf(string type) => _maps.TryGetValue(type, out var map) ? $"table {map.Table}" : null;

    /// <inheritdoc/>
    public bool MarksTrashed(string type) => _maps.TryGetValue(type, out var map) && map.TrashedColumn is not null;

    /// <summary>The table and the key, such as <c>people/42</c>.</summary>
    public string? LinkOf(string type, EntryKey key) =>
        _maps.TryGetValue(type, out var map) ? TableLinks.Of(map.Table, Enumerable.Range(0, key.PartCount).Select(part => key[part])) : null;

    /// <summary>All rows of the table of a type, in one statement. <paramref name="also"/> names columns.</summary>
    /// <exception cref="TargetException">Not all could be read, or a column is that of a secret attribute.</exception>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        return _reader.ReadAsync(ReadableMapOf(type), also, cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(link);
        return await _reader.FindAsync(ReadableMapOf(type), link, cancellationToken);
    }

    /// <summary>
    /// Whether a column that is given a value holds what was read of it: a Boolean may be kept as a number, a date or a list as a text, a time without the fraction that the
    /// column lacks; blanks at the end of a text do not count. A value that the column rounds or cuts otherwise is not the same.
    /// </summary>
    public bool IsSame(string type, string attribute, Value given, Value held) =>
        HeldValues.AreSame(given, held) || _options.Ignored.Contains($"{type}.{attribute}");

    private Task ApplyAsync(TargetChange change, RowSession row, CancellationToken cancellationToken) => change switch
    {
        EntryAdded added => row.PutAsync(added.Entry, cancellationToken),
        EntryModified modified => row.ChangeAsync(modified, cancellationToken),
        EntryRecycled recycled => row.PutAsync(recycled.Entry, cancellationToken),
        EntryTrashed when _options.Trashed == TrashedRows.Flag => row.MarkTrashedAsync(cancellationToken),
        _ => row.DeleteAsync(cancellationToken),
    };

    private TableMap MapOf(TargetChange change) => MapOf(change.Type) is var map && map.Key.Count == change.Key.PartCount ? map : throw KeyUnknown(change.Type);

    private TableMap ReadableMapOf(string type) => MapOf(type) is { Key.Count: > 0 } map ? map : throw KeyUnknown(type);

    private TableMap MapOf(string type) => _maps.TryGetValue(type, out var map)
        ? map
        : throw new TargetException($"{_subject}: the type '{type}' was not named when the client started.", FaultKind.Permanent);

    private TargetException KeyUnknown(string type) =>
        new($"{_subject}: the key of the type '{type}' is not known: the server has not sent the type yet.", FaultKind.Transient);

    private static IEnumerable<Value> ValuesOf(TargetChange change) => change switch
    {
        EntryAdded added => added.Entry.Values,
        EntryModified modified => modified.Entry.Values,
        EntryRecycled recycled => recycled.Entry.Values,
        _ => [],
    };

    private void RequireKnown(IEnumerable<string> named, IEnumerable<string> known, string setting)
    {
        if (named.Except(known, StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new TargetException($"{_subject}: {setting} names '{unknown}', which the client does not have. Correct or remove it.",
                FaultKind.Permanent);
    }
}
