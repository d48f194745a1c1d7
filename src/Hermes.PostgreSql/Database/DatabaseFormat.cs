namespace Hermes.PostgreSql.Database;

/// <summary>What a schema holds, how it is told from another, and how its tables came to be.</summary>
/// <param name="Holds">What it holds, to complete "is not a ...": <c>message bus of Hermes</c>.</param>
/// <param name="Kind">The word for it in the table <c>format</c>.</param>
/// <param name="Versions">
/// The script of each version, in which <c>{0}</c> stands for the quoted schema; a schema of version n gets the scripts after the n-th. Never edited once
/// released, only added to.
/// </param>
internal sealed record DatabaseFormat(string Holds, string Kind, params IReadOnlyList<string> Versions);
