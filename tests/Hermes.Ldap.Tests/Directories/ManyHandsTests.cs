using Hermes.Events;
using Hermes.Ldap.Directories;
using Hermes.TestSupport.Servers;
using Xunit.Abstractions;
using static Hermes.Ldap.Tests.Servers.PeopleClient;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>
/// Some twenty people whose logins are changed, swapped and handed on at random, while somebody moves, renames and deletes entries by hand and puts others beside them. In
/// the end the directory is as a model says, and what is not the client's is as it was.
/// </summary>
[Collection(nameof(SlapdServer)), RequiresServer("slapd")]
public class ManyHandsTests(SharedServer<SlapdServer> shared, ITestOutputHelper output)
{
    private const int Rounds = 60;

    [ServerFact]
    public async Task A_directory_that_many_hands_change_is_in_the_end_as_the_model_says()
    {
        foreach (var mode in Enum.GetValues<WhenTrashed>())
        {
            var seed = Random.Shared.Next();
            output.WriteLine($"{mode}: seed {seed}");
            await RunAsync(new Random(seed), mode, $"{mode}, seed {seed}");
        }
    }

    private async Task RunAsync(Random random, WhenTrashed mode, string because)
    {
        var model = new PeopleModel(random);
        var retention = mode == WhenTrashed.Delete && random.Next(2) == 0 ? TimeSpan.Zero : TimeSpan.FromDays(30);
        await using var directory = await SharedDirectory.StartAsync(
            await shared.GetAsync(),
            [.. model.People.Select(person => User(person.Key, person.Value.Login)), Group("g", "staff"), .. model.People.Keys.Select(id => Member("g", id))],
            options => SharedDirectory.Trash(options, mode),
            retention);
        directory.AddByHand("uid=unmanaged,ou=people");

        for (var round = 0; round < Rounds; round++)
        {
            foreach (var hand in model.NextByHand())
                hand(directory);
            await directory.Client.SendAsync([.. model.NextPoll()]);
            (await directory.Client.QueueAsync()).Select(queued => queued.Message).Should().BeEmpty($"round {round}, {because}");
        }

        // Who was deleted by hand and did not change since is made anew now.
        await directory.Client.SendAsync([.. model.ChangeAll()]);
        await directory.Client.Harness.AdvanceAsync(TimeSpan.FromDays(60));
        await directory.Client.ShouldBeDoneAsync();

        var held = directory.Tree.All("", "(objectClass=person)", "employeeNumber");
        held.Where(entry => entry.Value != "by hand").Select(entry => $"{entry.Value} {entry.Key}").Should().BeEquivalentTo(
            model.People.Select(person => $"{person.Key} {directory.Tree.Below(person.Value.Name)}"), because);
        held.Where(entry => entry.Value == "by hand").Select(entry => entry.Key).Should().BeEquivalentTo(
            model.Unmanaged.Append("uid=unmanaged,ou=people").Select(directory.Tree.Below), because);
        directory.Tree.All("", "(employeeNumber=by hand)", "cn").Values.Distinct().Should().Equal(["Another"], because);
        directory.Tree.All("", "(&(objectClass=person)(!(employeeNumber=by hand)))", "title").Values.Distinct().Should().Equal([model.Title], because);
        directory.Members("staff").Should().Contain(model.Steady.Select(person => directory.Tree.Below(person.Name)), because);
        directory.Members("staff").Should().NotContain(model.Unmanaged.Select(directory.Tree.Below), because);
    }
}

/// <summary>What somebody knows who sees both the source and what is done by hand.</summary>
internal sealed class PeopleModel
{
    private readonly Random _random;
    private readonly HashSet<string> _deleted = [];
    private readonly HashSet<string> _changed = [];
    private readonly string[] _steady;
    private int _last;

    public PeopleModel(Random random)
    {
        _random = random;
        while (_last < 20)
            Hire($"login{_last}");
        _steady = [.. People.Keys.Take(5)];
    }

    public Dictionary<string, Person> People { get; } = [];

    /// <summary>Those who never leave, and whom no hand touches: they are members of the group all the time.</summary>
    public IEnumerable<Person> Steady => _steady.Select(id => People[id]);

    /// <summary>The names of what was put beside the client's entries.</summary>
    public List<string> Unmanaged { get; } = [];

    public string Title { get; private set; } = "none";

    /// <summary>What is done by hand before a poll, a hand on a person at most.</summary>
    public IEnumerable<Action<SharedDirectory>> NextByHand()
    {
        foreach (var id in Some(People.Keys.Except(_deleted).Except(_steady), _random.Next(3)))
        {
            var person = People[id];
            var former = person.Name;
            var hand = $"uid=hand{++_last},ou={(_random.Next(2) == 0 ? "people" : "other")}";
            switch (_random.Next(3))
            {
                case 0:
                    _deleted.Add(id);
                    yield return directory => directory.Tree.Delete(former);
                    break;
                case 1:
                    People[id] = person with { Name = hand };
                    yield return directory => directory.Tree.Move(former, hand);
                    break;
                default:
                    Unmanaged.Add(hand);
                    yield return directory => directory.AddByHand(hand);
                    break;
            }
        }
    }

    /// <summary>The events of one poll, in an order that a server may send them in.</summary>
    public IEnumerable<HermesEvent> NextPoll()
    {
        _changed.Clear();
        var events = new List<HermesEvent>();
        for (var i = _random.Next(1, 4); i > 0; i--)
            events.AddRange(_random.Next(5) switch { 0 => Rename(), 1 or 2 => Swap(_random.Next(2, 5)), 3 => HandOn(), _ => Retitle() });
        var order = events.ToArray();
        _random.Shuffle(order);
        return order;
    }

    /// <summary>A change of everybody, which is not about names.</summary>
    public IEnumerable<HermesEvent> ChangeAll()
    {
        Title = "last";
        _changed.Clear();
        return [.. People.Keys.ToArray().Select(id => Change(id, Changed(id, ("title", "last"))))];
    }

    private IEnumerable<HermesEvent> Rename() => [.. Some(Free, 1).Select(id => Login(id, $"login{++_last}"))];

    private IEnumerable<HermesEvent> Retitle() => [.. Some(Free, 2).Select(id => Change(id, Changed(id, ("title", $"t{++_last}"))))];

    private IEnumerable<HermesEvent> Swap(int count)
    {
        string[] ids = [.. Some(Free, count)];
        string[] logins = [.. ids.Select(id => People[id].Login)];
        return ids.Length < 2 ? [] : [.. ids.Select((id, i) => Login(id, logins[(i + 1) % ids.Length]))];
    }

    // Somebody leaves, and a new one has the login.
    private IEnumerable<HermesEvent> HandOn()
    {
        if (Some(Free.Except(_steady), 1).FirstOrDefault() is not { } id)
            return [];
        var login = People[id].Login;
        People.Remove(id);
        _deleted.Remove(id);
        var heir = Hire(login);
        return [Gone(id), User(heir, login)];
    }

    private IEnumerable<string> Free => People.Keys.Except(_changed);

    private string[] Some(IEnumerable<string> ids, int count)
    {
        var all = ids.ToArray();
        _random.Shuffle(all);
        return [.. all.Take(count)];
    }

    private string Hire(string login)
    {
        var id = $"{++_last}";
        People[id] = new Person(login, $"uid={login},ou=people");
        _changed.Add(id);
        return id;
    }

    private HermesEvent Login(string id, string login)
    {
        People[id] = People[id] with { Login = login, Name = $"uid={login},ou=people" };
        return Change(id, Renamed(id, login));
    }

    // What was deleted by hand is made anew at its own name.
    private HermesEvent Change(string id, HermesEvent change)
    {
        _changed.Add(id);
        if (_deleted.Remove(id))
            People[id] = People[id] with { Name = $"uid={People[id].Login},ou=people" };
        return change;
    }

    internal sealed record Person(string Login, string Name);
}
