using Hermes.Abstractions.Data;
using Hermes.Events;
using static Hermes.Ldap.Tests.Directories.ReferringDirectory;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A campus as its source has it, which changes at random: logins handed on, swapped and handed round, leavers who come back, groups in groups in a circle.</summary>
internal sealed class CampusModel
{
    private readonly Random _random;
    private readonly HashSet<int> _changed = [];
    private readonly List<int> _former = [];
    private int _last;

    public CampusModel(Random random, int people)
    {
        _random = random;
        while (_last < people)
            Hire($"login{_last}");
        for (var id = 1; id <= Math.Max(3, people / 10); id++)
            Teams[id] = new Team($"team{id}", [.. Some(People.Keys, _random.Next(6))], [], People.Keys.First());
        foreach (var id in Teams.Keys)
            Teams[id].Subgroups.Add((id % Teams.Count) + 1);
    }

    /// <summary>Those who are there, by their keys.</summary>
    public SortedDictionary<int, Member> People { get; } = [];

    /// <summary>The groups, by their keys.</summary>
    public SortedDictionary<int, Team> Teams { get; } = [];

    /// <summary>All that is there at first, in any order.</summary>
    public AddedEvent[] All()
    {
        AddedEvent[] all = [.. People.Keys.Select(AddedOf), .. Teams.Select(team => GroupOf(team.Key))];
        _random.Shuffle(all);
        return all;
    }

    /// <summary>The events of one poll, at most one of an entry, in any order.</summary>
    public HermesEvent[] NextPoll()
    {
        _changed.Clear();
        var events = new List<HermesEvent>();
        for (var i = _random.Next(2, 8); i > 0; i--)
        {
            events.AddRange(_random.Next(11) switch
            {
                0 => Round(_random.Next(2, 6), isClosed: true),
                1 => Round(_random.Next(2, 6), isClosed: false),
                2 or 3 => HandOn(),
                4 => Return(),
                5 => WriteOtherwise(),
                6 => Leave(),
                7 => Move(),
                8 or 9 => Regroup(),
                _ => SwapTeams(),
            });
        }

        var order = events.ToArray();
        _random.Shuffle(order);
        return order;
    }

    public T[] Some<T>(IEnumerable<T> all, int count)
    {
        var shuffled = all.ToArray();
        _random.Shuffle(shuffled);
        return [.. shuffled.Take(count)];
    }

    // Logins go round in a circle; or each takes that of the next, and the last a new one.
    private HermesEvent[] Round(int count, bool isClosed)
    {
        var ids = Free(count);
        string[] logins = [.. ids.Select(id => People[id].Login)];
        return ids.Length < 2 ? [] : [.. ids.Select((id, i) => Login(id, i + 1 < ids.Length || isClosed ? logins[(i + 1) % ids.Length] : $"login{++_last}"))];
    }

    // Somebody leaves, and a new one has the login in the same poll.
    private HermesEvent[] HandOn()
    {
        if (Free(1) is not [var id] || People.Count < 4)
            return [];
        var login = People[id].Login;
        var gone = Gone(id);
        return [gone, AddedOf(Hire(login))];
    }

    // A leaver comes back under the old key, with the old login if it is free, or another.
    private HermesEvent[] Return()
    {
        if (Some(_former.Where(id => !_changed.Contains(id)), 1) is not [var id])
            return [];
        _former.Remove(id);
        var login = $"back{id}";
        People[id] = new Member(People.Values.Any(person => Same(person.Login, login)) ? $"login{++_last}" : login, null);
        _changed.Add(id);
        return [AddedOf(id)];
    }

    private HermesEvent[] WriteOtherwise() => [.. Free(2).Select(id => Login(id, InOtherCase(People[id].Login)))];

    private static string InOtherCase(string login) => login == login.ToUpperInvariant() ? login.ToLowerInvariant() : login.ToUpperInvariant();

    private HermesEvent[] Leave() => People.Count < 10 ? [] : [.. Free(1).Select(Gone)];

    private HermesEvent[] Move() =>
    [
        .. Free(3).Select(id =>
        {
            // Also somebody who has left, or the person herself.
            int? manager = _random.Next(4) == 0 ? null : Some(People.Keys.Concat(_former.TakeLast(3)), 1)[0];
            People[id] = People[id] with { Manager = manager };
            _changed.Add(id);
            return (HermesEvent)Changed("SRVUsers", id, ("manager", manager is { } key ? key : Value.Null));
        }),
    ];

    private HermesEvent[] Regroup()
    {
        if (Some(Teams.Keys.Where(id => !_changed.Contains(-id)), 1) is not [var id])
            return [];
        var team = Teams[id] with
        {
            Members = [.. Some(People.Keys.Concat(_former.TakeLast(3)), _random.Next(8))],
            Subgroups = [.. Some(Teams.Keys, _random.Next(3))],
            Owner = Some(People.Keys, 1)[0],
        };
        Teams[id] = team;
        _changed.Add(-id);
        return [Changed("SRVGroups", id, ("members", List([.. team.Members])), ("groups", List([.. team.Subgroups])), ("owner", team.Owner))];
    }

    private HermesEvent[] SwapTeams()
    {
        if (Some(Teams.Keys.Where(id => !_changed.Contains(-id)), 2) is not [var one, var other])
            return [];
        (Teams[one], Teams[other]) = (Teams[one] with { Name = Teams[other].Name }, Teams[other] with { Name = Teams[one].Name });
        _changed.UnionWith([-one, -other]);
        return [Changed("SRVGroups", one, ("name", Teams[one].Name)), Changed("SRVGroups", other, ("name", Teams[other].Name))];
    }

    private int[] Free(int count) => Some(People.Keys.Where(id => !_changed.Contains(id)), count);

    private int Hire(string login)
    {
        var id = ++_last;
        People[id] = new Member(login, null);
        _changed.Add(id);
        return id;
    }

    private HermesEvent Login(int id, string login)
    {
        People[id] = People[id] with { Login = login };
        _changed.Add(id);
        return Changed("SRVUsers", id, ("login", login));
    }

    private RemovedEvent Gone(int id)
    {
        People.Remove(id);
        _former.Add(id);
        _changed.Add(id);
        return new RemovedEvent("SRVUsers", EntryKey.Of(id));
    }

    private AddedEvent AddedOf(int id) => Person(id, People[id].Login, People[id].Manager);

    private AddedEvent GroupOf(int id) => Group(id, Teams[id].Name, [.. Teams[id].Members], [.. Teams[id].Subgroups], Teams[id].Owner);

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    internal sealed record Member(string Login, int? Manager);

    internal sealed record Team(string Name, List<int> Members, List<int> Subgroups, int Owner);
}
