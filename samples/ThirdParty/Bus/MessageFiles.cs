using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace ThirdParty.Bus;

/// <summary>
/// The files of the bus: one per send, named by the offsets of its first and last message, such as <c>000000000001-000000000250.jsonl</c>. A file
/// gets this name once it is complete and on the disk. The oldest files may be deleted at any time, the newest one never: it tells how far the bus has come.
/// </summary>
internal sealed class MessageFiles(string folder)
{
    private const string Extension = ".jsonl";

    /// <summary>The files, oldest first.</summary>
    public IReadOnlyList<(long First, long Last)> List() =>
    [
        .. Directory.CreateDirectory(folder).EnumerateFiles("*" + Extension)
            .Select(file => Path.GetFileNameWithoutExtension(file.Name).Split('-'))
            .Select(name => (First: Number(name[0]), Last: Number(name[1])))
            .Order(),
    ];

    /// <summary>What tells this folder from another one in its place: a text that whoever asks first makes up.</summary>
    public string ReadIncarnation()
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, "incarnation");
        if (!File.Exists(file))
        {
            var drawn = Path.Combine(folder, Path.GetRandomFileName());
            File.WriteAllText(drawn, Guid.NewGuid().ToString());
            try
            {
                File.Move(drawn, file);
            }
            catch (IOException) when (File.Exists(file))
            {
                File.Delete(drawn);
            }
        }

        return File.ReadAllText(file);
    }

    /// <summary>Writes messages at the end, all of them or none.</summary>
    public async Task AppendAsync(IReadOnlyList<StoredMessage> messages, CancellationToken cancellationToken)
    {
        var first = List() is [.., var newest] ? newest.Last + 1 : 1;
        var unfinished = Path.Combine(folder, "unfinished");
        await using (var file = new FileStream(unfinished, FileMode.Create))
        {
            foreach (var message in messages)
            {
                await JsonSerializer.SerializeAsync(file, message, StoredJson.Default.StoredMessage, cancellationToken);
                file.WriteByte((byte)'\n');
            }

            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, PathOf(first, first + messages.Count - 1));
    }

    /// <summary>Reads the messages of a file.</summary>
    public IEnumerable<ReceivedMessage> Read((long First, long Last) file) =>
        File.ReadLines(PathOf(file.First, file.Last))
            .Select((line, i) => JsonSerializer.Deserialize(line, StoredJson.Default.StoredMessage)!.At(file.First + i));

    /// <summary>What the failure of a file means to the bus.</summary>
    public BusException Explain(Exception failure) => failure switch
    {
        UnauthorizedAccessException => new($"The bus in the folder '{folder}' is not open to this process. Give it the right to read and write there.",
            FaultKind.Permanent, failure),
        _ => new($"The bus in the folder '{folder}' cannot be used now. {failure.Message}", FaultKind.Transient, failure),
    };

    private string PathOf(long first, long last) => Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{first:D12}-{last:D12}{Extension}"));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
