using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>A source under test that takes queries with variables and can be written to.</summary>
public interface IQueryableTestSource : ITestSource
{
    /// <summary>The source, to write to it.</summary>
    IWritableSource Writable { get; }

    /// <summary>Reads the rows of the stored table whose column equals a variable.</summary>
    SourceOperation FetchWhere(string column, Value value);

    /// <summary>Reads a table that does not exist.</summary>
    SourceOperation FetchUnknown();

    /// <summary>Adds a row (id, label, note) to the stored table.</summary>
    SourceOperation Add(params Value[] row);

    /// <summary>Sets the note of the row with this id.</summary>
    SourceOperation Modify(Value id, Value note);

    /// <summary>Deletes the row with this id.</summary>
    SourceOperation Delete(Value id);
}
