namespace Hermes.Runtime.Lists;

/// <summary>What the items of a list have that can be asked for.</summary>
[Flags]
internal enum ListFields
{
    None = 0,
    Type = 1,
    Key = 2,
    Text = 4,
    Time = 8,
    Group = 16,
}
