namespace Hermes.Sql.Source;

/// <summary>How columns are read, where there is a choice.</summary>
/// <param name="DeclaredDates">Whether texts in SQLite's columns that are declared as dates are dates.</param>
/// <param name="Unpadded">Whether texts in columns of a fixed length lose the blanks that they were filled up with.</param>
internal sealed record ReadingRules(bool DeclaredDates, bool Unpadded = false);
