namespace Hermes.Sql.Source;

/// <summary>What the settings of a source say about reading columns.</summary>
/// <param name="DeclaredDates">Whether texts in SQLite's columns that are declared as dates are dates.</param>
internal sealed record ReadingRules(bool DeclaredDates);
