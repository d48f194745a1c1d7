using System.ComponentModel.DataAnnotations;
using System.Text;
using Hermes.Abstractions.Configuration;
using Hermes.PostgreSql.Database;
using Hermes.Runtime.Registration;

namespace Hermes.PostgreSql.Leases;

/// <summary>What the states of servers and clients in PostgreSQL have in common.</summary>
public abstract class PostgreSqlLeasedOptions : PostgreSqlOptions
{
    /// <summary>The schema that holds the tables of the state, and of nothing else. Made if missing. By default named after the server or client.</summary>
    public string? Schema { get; set; }

    /// <summary>
    /// For how long the state belongs to the process that opened it, if that does not say that it is still there; 15 seconds by default. So long another one waits
    /// that comes after a kill.
    /// </summary>
    public TimeSpan LeaseTime { get; set; } = TimeSpan.FromSeconds(15);

    /// <inheritdoc/>
    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var result in base.Validate(validationContext).Concat(CheckSchema(Schema, nameof(Schema))))
            yield return result;
        if (LeaseTime < TimeSpan.FromSeconds(1) || LeaseTime > TimeSpan.FromHours(1))
            yield return new("The time of the lease must be between a second and an hour.", [nameof(LeaseTime)]);
    }

    /// <summary>Names the schema after the server or client, if it has no name.</summary>
    internal void NameSchema(string path, string prefix, string name)
    {
        if (Schema is not null)
            return;
        Schema = prefix + name;
        if (CheckSchema(Schema, nameof(Schema)).Any())
        {
            var problem = $"{Schema} has {Encoding.UTF8.GetByteCount(Schema)} bytes, too many for the name of a schema.";
            PartOptions.ThrowIfAny([new ConfigurationError($"{path}:Schema", problem, "Set a shorter one.")]);
        }
    }
}
