using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>A change feed under test, with data of its own: a table (id, label, note), watched by <c>id</c>.</summary>
public interface ITestFeed : IAsyncDisposable
{
    /// <summary>The feed.</summary>
    IChangeFeedSource Feed { get; }

    /// <summary>Stores a table in the place of the one before and returns the operation that reads all of it.</summary>
    Task<SourceOperation> StoreAsync(ContractTable table);

    /// <summary>Adds a row, or changes the row with this id.</summary>
    Task PutAsync(params Value[] row);

    /// <summary>Deletes the row with this id.</summary>
    Task DeleteAsync(Value id);

    /// <summary>Lets the feed forget the cursors that it gave, as a server does that throws its log away. False if it never forgets.</summary>
    Task<bool> ForgetAsync();
}
