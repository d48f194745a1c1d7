namespace Hermes.Crash.Host.Client;

/// <summary>
/// Writes to the journal that a client begins anew in the same process: its database failed, or another client took over. To the calls in flight that is as if the
/// process had died.
/// </summary>
/// <param name="journal">The journal.</param>
/// <param name="settings">What of it is told: files do not fail.</param>
internal sealed class SessionStarts(JournalFile journal, RigSettings settings)
{
    private bool _isLater;

    /// <summary>The target is started.</summary>
    public void Next()
    {
        if (_isLater && settings.Options.State == CampusState.PostgreSql)
            journal.WriteStart(settings.Model);
        _isLater = true;
    }
}
