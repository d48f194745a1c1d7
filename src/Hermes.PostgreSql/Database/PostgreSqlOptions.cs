using System.ComponentModel.DataAnnotations;
using Npgsql;

namespace Hermes.PostgreSql.Database;

/// <summary>How a database is reached, and in which schema of it the tables of one part lie.</summary>
public abstract class PostgreSqlOptions : IValidatableObject
{
    // PostgreSQL cuts off longer names without a word, so that two of them could be one.
    private const int LongestName = 63;

    /// <summary>
    /// The connection string, as Npgsql understands it: <c>Host=...;Database=...;Username=...;Password=...</c>. It appears in no log, message or exception.
    /// </summary>
    [Required(ErrorMessage = "The connection string of the PostgreSQL database is missing.")]
    public string ConnectionString { get; set; } = "";

    /// <summary>Whether missing tables, and their schema, are made, and older ones brought up to date; true by default. Otherwise it is an error that says so.</summary>
    public bool CreateSchema { get; set; } = true;

    /// <summary>How long a connection may take to be made; 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the database may take to answer; 30 seconds by default.</summary>
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConnectionString.Length > 0 && !IsUnderstood(ConnectionString))
        {
            // What Npgsql says of it may hold a part of it.
            yield return new(
                "The connection string is not one that Npgsql understands, or names no Host. Write it as Host=...;Database=...;Username=...;Password=...",
                [nameof(ConnectionString)]);
        }

        if (ConnectTimeout < TimeSpan.FromSeconds(1) || ConnectTimeout > TimeSpan.FromMinutes(15))
            yield return new("The time to connect must be between a second and 15 minutes.", [nameof(ConnectTimeout)]);
        if (CommandTimeout < TimeSpan.FromSeconds(1) || CommandTimeout > TimeSpan.FromDays(1))
            yield return new("The time to answer must be between a second and a day.", [nameof(CommandTimeout)]);
    }

    /// <summary>What is wrong with the name of a schema; nothing if it may be used.</summary>
    private protected static IEnumerable<ValidationResult> CheckSchema(string? schema, string member)
    {
        if (schema is not null && (string.IsNullOrWhiteSpace(schema) || System.Text.Encoding.UTF8.GetByteCount(schema) > LongestName || schema.Contains('\0')))
            yield return new($"The name of a schema has 1 to {LongestName} bytes.", [member]);
    }

    private static bool IsUnderstood(string connectionString)
    {
        try
        {
            return !string.IsNullOrWhiteSpace(new NpgsqlConnectionStringBuilder(connectionString).Host);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }
}
