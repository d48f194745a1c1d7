using System.ComponentModel.DataAnnotations;
using Hermes.PostgreSql.Leases;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The settings of a client state in PostgreSQL. Its schema is called <c>hermes_client_</c> and the name of the client, if it is given no name.</summary>
public sealed class PostgreSqlClientStateOptions : PostgreSqlLeasedOptions
{
    /// <summary>
    /// A folder on a disk of this machine for what must not be in the database: <c>.key</c>, the key that protects secret values, which every host that may run the
    /// client needs, and <c>.calls</c>, the journal of calls since the last commit. Both are named after the schema. Made if missing, for its owner only.
    /// </summary>
    [Required(ErrorMessage = "The folder for the key and the journal of calls is missing.")]
    public string Folder { get; set; } = "";
}
