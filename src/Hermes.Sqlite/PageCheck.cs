using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Hermes.Sqlite;

/// <summary>
/// Reads a whole file for damage, on a thread and over a connection of its own, while whoever opened it starts. Nothing may be built on the file before it has passed.
/// </summary>
internal sealed class PageCheck : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SqliteConnection _reader;
    private bool _isOver;

    private PageCheck(SqliteConnection reader)
    {
        _reader = reader;

        // Each page is read once.
        reader.Execute("PRAGMA cache_size=-1024");
        Passed = Task.Run(Run);
    }

    /// <summary>Completes when the file was found sound; fails with <see cref="SqliteFileException"/>, which names the damage, if it was not.</summary>
    public Task Passed { get; }

    /// <summary>Begins to read a file that has been opened already.</summary>
    /// <exception cref="SqliteFileException">It cannot be opened once more.</exception>
    public static PageCheck Begin(string path, SqliteFormat format) => new(SqliteDatabase.OpenReader(path, format));

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (!_isOver)
                raw.sqlite3_interrupt(_reader.Handle);
        }

        await Passed.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Run()
    {
        try
        {
            _reader.CheckPages();
        }
        finally
        {
            lock (_gate)
                _isOver = true;
            _reader.Dispose();
        }
    }
}
