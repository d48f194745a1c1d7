using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Testing.Buses;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A storage to which things happen.</summary>
internal interface IHistoryStorage : IWorldStorage
{
    /// <summary>The next send fails.</summary>
    void FailNextSend(SendFailure failure);

    /// <summary>The bus forgets all messages that it has.</summary>
    void RemoveMessages();

    /// <summary>What came of the client's calls since its last commit is lost.</summary>
    void CutPower();
}
