using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;

namespace Hermes.Comparison.Benchmarks;

/// <summary>A target that is filled and compared.</summary>
internal interface ICompared : IAsyncDisposable
{
    IClientTarget Target { get; }

    void Map(ClientTypeBuilder type);

    /// <summary>Somebody else changes one object of a hundred.</summary>
    void ChangeOneOfAHundred();

    /// <summary>Reads all objects with the driver alone.</summary>
    Task<int> ReadBareAsync();
}
