using System.ComponentModel.DataAnnotations;

namespace Hermes.Sqlite.Bus;

/// <summary>Settings of the message bus in a SQLite file.</summary>
public sealed class SqliteBusOptions : IValidatableObject
{
    /// <summary>The path of the file, shared by the server and its clients. Made if missing, for its owner only.</summary>
    [Required(ErrorMessage = "The path of the bus's file is missing.")]
    public string Path { get; set; } = "";

    /// <summary>
    /// How often a client that has read everything looks for messages of another process; 250 ms by default. Messages of the same process
    /// wake it at once.
    /// </summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How long messages are kept. By default for ever. The server removes older ones, about once a minute.</summary>
    public TimeSpan? RetentionAge { get; set; }

    /// <summary>How many messages are kept at least. By default all. The server removes older ones, about once a minute.</summary>
    [Range(1, long.MaxValue, ErrorMessage = "At least one message must be kept.")]
    public long? RetentionCount { get; set; }

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (PollInterval < TimeSpan.FromMilliseconds(1) || PollInterval > TimeSpan.FromHours(1))
            yield return new("The poll interval must be between a millisecond and an hour.", [nameof(PollInterval)]);
        if (RetentionAge <= TimeSpan.Zero)
            yield return new("The age up to which messages are kept must be positive.", [nameof(RetentionAge)]);
    }
}
