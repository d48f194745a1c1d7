using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>A source under test, with data of its own.</summary>
public interface ITestSource : IAsyncDisposable
{
    /// <summary>The source.</summary>
    IDataSource Source { get; }

    /// <summary>The kinds of value that a column of it can hold.</summary>
    IReadOnlySet<ValueKind> Kinds { get; }

    /// <summary>Texts that no message may show: the password, the connection string.</summary>
    IReadOnlyList<string> Secrets => [];

    /// <summary>Stores a table in the place of the one before and returns the operation that reads all of it.</summary>
    Task<SourceOperation> StoreAsync(ContractTable table);

    /// <summary>Stores data of which only the first rows can be read, and returns the operation that reads it.</summary>
    Task<SourceOperation> StoreBrokenAsync();

    /// <summary>A source of the same kind that cannot be reached: a server that is down, a file that is missing.</summary>
    IDataSource Unreachable();
}
