using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Sqlite.Bus;
using Hermes.Testing.Contracts.Buses;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.Tests.Bus;

/// <summary>The file is shared with servers and clients of the original program, and with other processes.</summary>
public sealed class SqliteBusInteroperationTests : IAsyncLifetime
{
    private const string OldTable = "CREATE TABLE hermesmessages (msgid INTEGER PRIMARY KEY AUTOINCREMENT, data TEXT NOT NULL, timestamp REAL NOT NULL)";
    private const string OldInsert = "INSERT INTO hermesmessages (data, timestamp) VALUES ($data, 1700000000.25)";
    private readonly SqliteTestBus _bus = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bus.DisposeAsync();

    [Fact]
    public async Task Message_of_the_original_program_is_read_with_the_category_of_its_body()
    {
        await using var consumer = _bus.CreateConsumer();
        await consumer.GetLastOffsetAsync(default);
        InsertAsOldWriter("{\n    \"objattrs\": {\"evcategory\": \"inner\"},\n    \"evcategory\": \"initsync\", \"eventtype\": \"init-stop\"}");
        InsertAsOldWriter("{\"eventtype\": \"added\"}");
        InsertAsOldWriter("{ malformed");

        var read = await consumer.TakeAsync(3);

        read.Select(message => message.Message.Category).Should().Equal("initsync", "", "");
        read.Select(message => message.Message.Id).Should().OnlyContain(id => id == null);
        read[0].Time.Should().Be(DateTimeOffset.FromUnixTimeMilliseconds(1700000000250));
        read[2].Message.Text().Should().Be("{ malformed");
    }

    [Fact]
    public async Task File_of_the_original_program_is_taken_over_with_its_messages()
    {
        Old(OldTable);
        InsertAsOldWriter("{\"evcategory\": \"base\"}");
        InsertAsOldWriter("{\"evcategory\": \"base\"}");
        Old("DELETE FROM hermesmessages WHERE msgid = 1");

        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);
        await using var consumer = _bus.CreateConsumer();

        (await consumer.TakeAsync(2)).Select(message => (message.Offset.Value, message.Message.Category, message.Message.Id))
            .Should().Equal((2, "base", null), (3, "base", BusMessages.IdOf(0)));
        await consumer.Awaiting(c => c.TakeAsync(1, BusPosition.At(new BusOffset(1)))).Should().ThrowAsync<BusMessageExpiredException>();
        InsertAsOldWriter("{\"evcategory\": \"base\"}");
        (await consumer.TakeAsync(3)).Should().HaveCount(3);
    }

    [Fact]
    public async Task Original_program_finds_the_bodies_as_text()
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);

        using var reader = new SqliteConnection($"Data Source={_bus.File};Pooling=False");
        reader.Open();
        reader.Scalar("SELECT typeof(data) || '|' || typeof(timestamp) || '|' || data FROM hermesmessages WHERE msgid = 1")
            .Should().Be("text|real|" + BusMessages.One(0).Text());
    }

    [Fact]
    public async Task Deletion_by_the_original_program_is_noticed()
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 10), default);
        Old("DELETE FROM hermesmessages WHERE msgid <= 4");

        await using var consumer = _bus.CreateConsumer();

        (await consumer.Awaiting(c => c.TakeAsync(1, BusPosition.At(new BusOffset(4)))).Should().ThrowAsync<BusMessageExpiredException>())
            .Which.First.Should().Be(new BusOffset(5));
    }

    [Fact]
    public async Task Consumer_of_another_process_finds_news_by_itself()
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);
        await using var consumer = _bus.CreateForeignConsumer();
        var waiting = consumer.TakeAsync(2);
        waiting.IsCompleted.Should().BeFalse();

        await producer.SendAsync(BusMessages.Numbered(1, 1), default);

        (await waiting).DistinctIds().Should().Equal(BusReading.Ids(0, 2));
    }

    [Fact]
    public async Task Foreign_file_is_refused_by_both_sides()
    {
        Old("CREATE TABLE accounts (id)");
        await using var producer = _bus.CreateProducer();
        await using var consumer = _bus.CreateConsumer();

        var refusals = new[]
        {
            (await producer.Awaiting(p => p.SendAsync(BusMessages.Numbered(0, 1), default)).Should().ThrowAsync<BusException>()).Which,
            (await consumer.Awaiting(c => c.TakeAsync(1)).Should().ThrowAsync<BusException>()).Which,
            (await consumer.Awaiting(c => c.GetLastOffsetAsync(default)).Should().ThrowAsync<BusException>()).Which,
        };

        refusals.Should().OnlyContain(refusal => refusal.Fault == FaultKind.Permanent && refusal.Message.Contains("is not a message bus of Hermes"));
    }

    [Fact]
    public async Task Writer_that_holds_the_file_too_long_is_a_transient_fault_and_the_next_send_works()
    {
        await using var producer = _bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 1), default);
        await using (var other = SqliteBusFile.OpenWriter(_bus.File))
        {
            other.Execute("BEGIN IMMEDIATE");
            var refused = (await producer.Awaiting(p => p.SendAsync(BusMessages.Numbered(1, 1), default)).Should().ThrowAsync<BusException>()).Which;
            (refused.Fault, refused.Confirmed).Should().Be((FaultKind.Transient, 0));
            refused.Message.Should().Contain("locked by another program");
        }

        await producer.SendAsync(BusMessages.Numbered(1, 1), default);
        await using var consumer = _bus.CreateConsumer();
        (await consumer.TakeAllAsync()).DistinctIds().Should().Equal(BusReading.Ids(0, 2));
    }

    private void InsertAsOldWriter(string data)
    {
        using var old = OpenAsOldProgram();
        using var command = old.CreateCommand();
        command.CommandText = OldInsert;
        command.Parameters.AddWithValue("$data", data);
        command.ExecuteNonQuery();
    }

    private void Old(string sql)
    {
        using var old = OpenAsOldProgram();
        old.Execute(sql);
    }

    private SqliteConnection OpenAsOldProgram()
    {
        var old = new SqliteConnection($"Data Source={_bus.File};Pooling=False");
        old.Open();
        return old;
    }
}
