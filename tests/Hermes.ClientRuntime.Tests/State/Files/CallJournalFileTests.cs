using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Files;

namespace Hermes.ClientRuntime.Tests.State.Files;

public sealed class CallJournalFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-journal-").FullName;
    private readonly AesSecretProtector _protector = new(new byte[AesSecretProtector.KeyLength]);

    private string FilePath => Path.Combine(_folder, "calls");

    public void Dispose()
    {
        _protector.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_journal_grows_as_far_as_it_has_to()
    {
        var calls = Enumerable.Range(1, 20_000).Select(Call).ToArray();
        using (var journal = Open(1))
        {
            journal.Begin(1);
            foreach (var call in calls)
                journal.Append(call);
        }

        using var again = Open(1);
        again.Found.Should().Equal(calls);
    }

    [Fact]
    public void What_another_process_appends_to_goes_on_where_it_ended()
    {
        using (var journal = Open(1))
        {
            journal.Begin(1);
            journal.Append(Call(1));
        }

        using (var journal = Open(1))
            journal.Append(Call(2));
        using var again = Open(1);
        again.Found.Should().Equal(Call(1), Call(2));
    }

    [Fact]
    public void What_follows_a_death_between_a_commit_and_the_head_of_its_journal_is_kept()
    {
        using (var journal = Open(1))
        {
            journal.Begin(1);
            journal.Append(Call(1));
        }

        using (var journal = new CallJournalFile(FilePath, 2, 1, _protector))
        {
            journal.JournalFinding.Should().Be(JournalFinding.Whole);
            journal.Found.Should().BeEmpty();
            journal.Append(Call(2));
        }

        using var again = new CallJournalFile(FilePath, 2, 1, _protector);
        again.JournalFinding.Should().Be(JournalFinding.Whole);
        again.Found.Should().Equal(Call(2));
    }

    [Fact]
    public void Records_of_an_earlier_journal_are_not_taken_for_those_of_this_one()
    {
        using (var journal = Open(1))
        {
            journal.Begin(1);
            for (var i = 1; i <= 10; i++)
                journal.Append(Call(i));
            journal.Begin(2);
            journal.Append(Call(11));
        }

        using (var journal = Open(2))
            journal.Found.Should().Equal(Call(11));
        using var other = Open(1);
        other.Found.Should().BeEmpty();
    }

    [Fact]
    public void A_journal_ends_before_the_first_record_that_is_damaged()
    {
        using (var journal = Open(1))
        {
            journal.Begin(1);
            for (var i = 1; i <= 3; i++)
                journal.Append(Call(i));
        }

        var bytes = File.ReadAllBytes(FilePath);
        var damage = bytes.AsSpan().LastIndexOf("Users3"u8);
        bytes[damage] ^= 1;
        File.WriteAllBytes(FilePath, bytes);

        using var again = Open(1);
        again.Found.Should().Equal(Call(1), Call(2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(40)]
    public void A_file_that_was_cut_off_is_read_as_far_as_it_goes_and_written_on(int length)
    {
        using (var journal = Open(1))
        {
            journal.Begin(1);
            journal.Append(Call(1));
        }

        using (var file = File.OpenWrite(FilePath))
            file.SetLength(length);
        using (var journal = Open(1))
        {
            journal.Found.Should().BeEmpty();
            journal.Begin(2);
            journal.Append(Call(2));
        }

        using var again = Open(2);
        again.Found.Should().Equal(Call(2));
    }

    [Fact]
    public void Journal_of_the_last_commit_is_whole_after_a_kill()
    {
        Write(1);

        FindingOf(1, last: 0).Should().Be(JournalFinding.Whole);
    }

    [Fact]
    public void Kill_between_a_commit_and_the_beginning_of_its_journal_loses_no_call()
    {
        Write(1);

        FindingOf(2, last: 1).Should().Be(JournalFinding.Whole);
    }

    [Fact]
    public void State_that_was_put_back_to_an_older_commit_finds_a_foreign_journal()
    {
        Write(3);

        FindingOf(2, last: 1).Should().Be(JournalFinding.Foreign);
    }

    [Fact]
    public void State_without_the_file_of_its_journal_may_be_an_older_one() => FindingOf(2, last: 1).Should().Be(JournalFinding.Foreign);

    [Fact]
    public void Journal_of_another_start_of_the_machine_may_lack_calls()
    {
        Write(1);
        using (var file = new FileStream(FilePath, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            file.Position = 16;
            file.Write(BitConverter.GetBytes(MachineStart.Number + 1));
        }

        FindingOf(1, last: 0).Should().Be(JournalFinding.Incomplete);
    }

    [Fact]
    public void State_in_which_nothing_was_ever_committed_lacks_no_call() => FindingOf(0, last: 0).Should().Be(JournalFinding.Whole);

    [Fact]
    public void A_file_that_cannot_be_opened_is_an_error_of_the_state()
    {
        var open = () => new CallJournalFile(Path.Combine(_folder, "nowhere", "calls"), 1, 0, _protector);

        open.Should().Throw<ClientStateException>().WithMessage("The journal of calls *nowhere*");
    }

    [Fact]
    public void Nobody_but_its_owner_may_read_it()
    {
        using var journal = Open(1);
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(FilePath).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private void Write(long id)
    {
        using var journal = Open(id);
        journal.Begin(id);
        journal.Append(Call(1));
    }

    private JournalFinding FindingOf(long id, long last)
    {
        using var journal = Open(id, last);
        return journal.JournalFinding;
    }

    private static JournaledCall Call(int number) => new(CallId.OfMessage(new BusOffset(number), $"Users{number}"), number * 17L, number % 3, number * 31L, 1, null, null);

    private CallJournalFile Open(long id, long last = 0) => new(FilePath, id, last, _protector);
}
