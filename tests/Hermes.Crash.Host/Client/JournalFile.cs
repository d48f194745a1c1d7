using System.Text.Json;
using Hermes.Crash.Host.Failpoints;

namespace Hermes.Crash.Host.Client;

/// <summary>The journal: lines are only added, each by one write. A process that is killed in the midst of one leaves a part of a line, which the next process cuts off.</summary>
internal sealed class JournalFile : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;

    public JournalFile(string path)
    {
        CutPartOfLine(path);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public static IEnumerable<JournalLine> Read(string path) =>
        File.Exists(path) ? File.ReadLines(path).Select(line => JsonSerializer.Deserialize(line, RigJson.Default.JournalLine)!) : [];

    /// <summary>Writes that a client starts, before it looks at its state.</summary>
    public void WriteStart(CampusModel model) =>
        Write(new JournalLine(JournalAct.Start, Environment.ProcessId, "", model.ToString(), "", null, null, null, false, 0, ""));

    /// <summary>Writes that what the client knows of the target is older from here on.</summary>
    /// <param name="isLost">Whether it knows nothing of it any more.</param>
    public void WritePutBack(bool isLost) => Write(new JournalLine(JournalAct.PutBack, 0, "", isLost ? JournalLine.Lost : "", "", null, null, null, false, 0, ""));

    /// <summary>Writes that the power was cut.</summary>
    public void WritePowerCut() => Write(new JournalLine(JournalAct.Cut, 0, "", "", "", null, null, null, false, 0, ""));

    public void Write(JournalLine line)
    {
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line with { Time = TimeProvider.System.GetUtcNow() }, RigJson.Default.JournalLine), (byte)'\n'];
        Failpoint.Hit(ClientFailpoints.BeforeJournal);
        lock (_gate)
            _file.Write(bytes);
        Failpoint.Hit(ClientFailpoints.AfterJournal);
    }

    public void Dispose() => _file.Dispose();

    private static void CutPartOfLine(string path)
    {
        using var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
        for (var end = file.Length; end > 0; end--)
        {
            file.Position = end - 1;
            if (file.ReadByte() != '\n')
                continue;
            file.SetLength(end);
            return;
        }

        file.SetLength(0);
    }
}
