using System.ComponentModel.DataAnnotations;
using Hermes.PostgreSql.Database;

namespace Hermes.PostgreSql.Bus;

/// <summary>Settings of a message bus in PostgreSQL. Server and clients name the same database and schema.</summary>
public sealed class PostgreSqlBusOptions : PostgreSqlOptions
{
    /// <summary>The schema that holds the tables of the bus; <c>hermes_bus</c> by default. Made if missing.</summary>
    [Required(ErrorMessage = "The schema of the bus is missing.")]
    public string Schema { get; set; } = "hermes_bus";

    /// <summary>
    /// How often a client that has read everything looks for messages of which it was not notified; a second by default. Normally the database wakes it at
    /// once; a pool that gives each transaction another session keeps it from doing so.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How long messages are kept, by the clock of the database. By default for ever. The server removes older ones, about once a minute.</summary>
    public TimeSpan? RetentionAge { get; set; }

    /// <summary>How many bytes the bodies of the messages have that are kept at least. By default all. The server removes older ones, about once a minute.</summary>
    [Range(1, long.MaxValue, ErrorMessage = "The size must be positive.")]
    public long? RetentionBytes { get; set; }

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext).Concat(CheckSchema(Schema, nameof(Schema))))
            yield return result;
        if (PollInterval < TimeSpan.FromMilliseconds(1) || PollInterval > TimeSpan.FromHours(1))
            yield return new("The poll interval must be between a millisecond and an hour.", [nameof(PollInterval)]);
        if (RetentionAge <= TimeSpan.Zero)
            yield return new("The age up to which messages are kept must be positive.", [nameof(RetentionAge)]);
    }
}
