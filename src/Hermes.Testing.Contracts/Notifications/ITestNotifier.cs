using Hermes.Abstractions.Notifications;

namespace Hermes.Testing.Contracts.Notifications;

/// <summary>A notifier under test, and the place where its notifications arrive.</summary>
public interface ITestNotifier : IAsyncDisposable
{
    /// <summary>The notifier.</summary>
    INotifier Notifier { get; }

    /// <summary>What has arrived, a text per notification with all that a person can read of it: subject and body of a mail, say.</summary>
    Task<IReadOnlyList<string>> ReadAsync();
}
