"""One IBRL update in python3-torch: the control of `hilrig-learn bench`.

Reads lines from standard input: a number of updates; prints the CPU seconds of this thread that
they took. The same networks, the same update, one thread, idiomatic PyTorch.
"""
import sys
import time

import torch
from torch import nn

OBSERVATION, ACTION, HIDDEN, CRITICS, SUBSET, ROWS = (int(word) for word in sys.argv[1:7])
torch.set_num_threads(1)
torch.manual_seed(7)


def policy(layers, dropout):
    parts, width = [], OBSERVATION
    for _ in range(layers):
        parts += [nn.Linear(width, HIDDEN), nn.Dropout(dropout), nn.ReLU()]
        width = HIDDEN
    return nn.Sequential(*parts, nn.Linear(width, ACTION), nn.Tanh())


def critic():
    parts, width = [], OBSERVATION + ACTION
    for _ in range(2):
        parts += [nn.Linear(width, HIDDEN), nn.LayerNorm(HIDDEN), nn.ReLU()]
        width = HIDDEN
    return nn.Sequential(*parts, nn.Linear(width, 1))


actor, actor_target = policy(2, 0.5), policy(2, 0.5)
critics = nn.ModuleList(critic() for _ in range(CRITICS))
critics_target = nn.ModuleList(critic() for _ in range(CRITICS))
imitation = policy(3, 0.5).eval()
actor_target.load_state_dict(actor.state_dict())
critics_target.load_state_dict(critics.state_dict())
actor_adam = torch.optim.Adam(actor.parameters(), lr=3e-4)
critic_adam = torch.optim.Adam(critics.parameters(), lr=3e-4)


def noisy(mean):
    noise = (torch.randn_like(mean) * 0.1).clamp(-0.3, 0.3)
    moved = (mean + noise).detach().clamp(-1 + 1e-6, 1 - 1e-6)
    return mean + (moved - mean.detach())


def least(nets, rows, members):
    return torch.cat([nets[member](rows) for member in members], 1).min(1)[0]


def subset():
    return torch.randperm(CRITICS)[:SUBSET].tolist()


def follow(target, online):
    with torch.no_grad():
        for behind, ahead in zip(target.parameters(), online.parameters()):
            behind.lerp_(ahead, 0.01)


def target_of(rewards, discounts, following):
    with torch.no_grad():
        proposals = noisy(actor_target(following)), imitation(following)
        both = torch.cat([torch.cat([following, a], 1) for a in proposals])
        values = least(critics_target, both, subset())
        gap = values[:ROWS] - values[ROWS:]
        takes = torch.rand(ROWS) < torch.sigmoid(10 * gap)
        chosen = torch.where(takes[:, None], both[:ROWS], both[ROWS:])
        value = least(critics_target, chosen, subset())
        return (rewards + discounts * value).clamp(0, 1)


def update_critics(batch):
    now, actions, rewards, discounts, following = batch
    wanted = target_of(rewards, discounts, following)
    rows = torch.cat([now, actions], 1)
    values = torch.cat([net(rows) for net in critics], 1)
    loss = ((values - wanted[:, None]) ** 2).sum(1).mean()
    critic_adam.zero_grad(set_to_none=True)
    loss.backward()
    critic_adam.step()
    follow(critics_target, critics)


def update_actor(batch):
    now = batch[0]
    rows = torch.cat([now, noisy(actor(now))], 1)
    for weight in critics.parameters():
        weight.requires_grad_(False)
    loss = -least(critics, rows, range(CRITICS)).mean()
    actor_adam.zero_grad(set_to_none=True)
    loss.backward()
    for weight in critics.parameters():
        weight.requires_grad_(True)
    actor_adam.step()
    follow(actor_target, actor)


def main():
    batch = (
        torch.rand(ROWS, OBSERVATION) * 2 - 1,
        torch.rand(ROWS, ACTION) * 2 - 1,
        torch.zeros(ROWS),
        torch.full((ROWS,), 0.99 ** 3),
        torch.rand(ROWS, OBSERVATION) * 2 - 1,
    )
    for line in sys.stdin:
        begin = time.thread_time()
        for update in range(int(line)):
            update_critics(batch)
            if update % 2 == 0:
                update_actor(batch)
        print(time.thread_time() - begin, flush=True)


if __name__ == "__main__":
    main()
